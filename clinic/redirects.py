"""After a POST that did something, the browser is sent on with 303: reload never repeats the deed."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    status_code = 303
