"""What is erased, what stays, and what a kill, a hold or a change in between does to it."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from concerted.access.models import Account, RememberedDevice
from concerted.audit.models import Line as TrailLine
from concerted.documents import services as documents
from concerted.documents.models import Version
from concerted.erasure import ledger as ledgers
from concerted.erasure import queries, services, tasks
from concerted.erasure.models import Entry, Line
from concerted.erasure.policies import Wanted
from concerted.erasure.states import Chosen, KeepGround, LineState
from concerted.imports import services as imports
from concerted.imports.commands import ACCEPTED  # noqa: F401
