"""What happens to an account, told upwards: the trail lies above and listens.

`happened` is sent with the account that did it, and `what`: `<thing>.<past verb>`; of a second
factor that was added also whether it is the `first`.
"""

from django.dispatch import Signal

happened = Signal()
