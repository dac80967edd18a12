#!/bin/sh
# Builds what is committed in concerted/ui/static/ui. Needed only when a rule of the stylesheet
# or a version in package.json changes: running Concerted needs no Node.
set -eu
cd "$(dirname "$0")"
out=../concerted/ui/static/ui
mkdir -p "$out"

npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error

npx sass --style=compressed --no-source-map --load-path=node_modules --quiet-deps \
  concerted.scss node_modules/.concerted.css
node strip.mjs node_modules/.concerted.css "$out/concerted.css"

# A reference to a source map that we do not ship would be one missing file for each visitor.
for file in govuk-frontend/dist/govuk/govuk-frontend.min.js htmx.org/dist/htmx.min.js; do
  sed 's,//# sourceMappingURL=.*$,,' "node_modules/$file" > "$out/$(basename "$file")"
done

for file in concerted.css govuk-frontend.min.js htmx.min.js; do
  printf '%s: %s bytes, %s compressed\n' "$file" \
    "$(wc -c < "$out/$file")" "$(gzip -9c "$out/$file" | wc -c)"
done
