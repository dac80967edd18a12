"""What happens to an account, told upwards: the trail lies above and listens.

`happened` is sent with the account that did it, and `what`: `<thing>.<past verb>`.
"""

from django.dispatch import Signal

happened = Signal()
