"""The files of a report, made in the background when it is cleared."""

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.crime_reports import queries, services
from concerted.crime_reports.states import Form, ReportState
from concerted.people.public import acting_as


@app.task(name=services.PRINT)
def make(report_key: str, account_id: int) -> None:
    """Lay out the PDF and the spreadsheet. Safe to run again: files that are there stay."""
    from concerted.crime_reports import printing, spreadsheet  # noqa: PLC0415 - typst, scipy
    from concerted.crime_reports.composing import printed  # noqa: PLC0415 - scipy

    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        report = queries.visible_to(actor).filter(key=report_key).first()
        if report is None or report.state != ReportState.CLEARED:
            return
        laid_out = printed(actor, report)
    files: dict[str, bytes] = {
        Form.PDF: printing.pdf_of(laid_out),
        Form.XLSX: spreadsheet.xlsx_of(laid_out),
    }
    with acting_as(account) as actor:
        services.keep_prints(actor, report=report, files=files)
