"""The walk through the check. Nothing is stored here: each request replays the visitor's cookie."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from clinic import errors
from clinic.language import twin_path
from clinic.privacy import no_store
from clinic.redirects import SeeOther
from screener import answers as cookie
from screener import emergency, flow, words
from screener import result as results
from screener.answers import Lost, Ticked
from screener.emergency import Posted
from screener.flow import Kept, Walk
from screener.forms import StepForm
from screener.gate import comes_from_elsewhere, open_while_switched_on, refuses_other_sites
from screener.questions import BY_KEY, EMERGENCY_SIGNS, STEP_BY_NAME, STEPS, VISIT, Step
from screener.rules import Outcome, decide

# Steps change nothing on the server, so they carry no CSRF token; the Origin header is checked instead.
# The button that changes the language of a step sends its form with this mark.
UNSENT = "unsent"
LOST_IN_WORDS = {Lost.GONE: "answers_gone", Lost.RULES_CHANGED: "rules_changed"}


@csrf_exempt
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@refuses_other_sites
@open_while_switched_on
def start(request: HttpRequest) -> HttpResponse:
    kept = cookie.load(request) or {}
    if request.method == "POST":
        who = request.POST.get("who", "")
        if not who or who in BY_KEY["who"].values:
            told: Kept = {**kept, "who": who} if who else kept
            return _go_on(request, _address(STEPS[0]), told)
    context = {
        "question": words.of(_language()).questions["who"],
        "lines": words.of(_language()).lines_to("self"),
        "note": _note(request),
        "resume": _first_open(flow.replay(kept)) if kept.keys() - {"who"} else "",
        "wrong": request.method == "POST",
    }
    return render(request, "screener/start.html", context, status=422 if request.method == "POST" else 200)


@csrf_exempt
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """An emergency sign is answered before anything else is asked of the request."""
    if name not in STEP_BY_NAME:
        raise Http404
    if name == "emerg" and request.method == "POST":
        posted = emergency.look(request)
        if posted.alarm:
            return _emergency(request, posted)
        if not posted.readable:
            return errors.bad_request(request, RequestDataTooBig())
    return _step(request, STEP_BY_NAME[name])


@refuses_other_sites
@open_while_switched_on
def _step(request: HttpRequest, step: Step) -> HttpResponse:
    found = cookie.read(request)
    kept = found.answers
    if kept is None and not found.lost and "kept" in request.GET and request.method != "POST":
        return render(request, "screener/cookies_refused.html", _signs(_language()))
    walk = flow.replay(kept or {})
    if step not in walk.path:
        return _elsewhere(request, step, walk)
    if request.method != "POST":
        shown = StepForm(step=step, walk=walk, words=words.of(_language()), ticked=found.ticked)
        return _ask(request, step, walk, shown)
    if UNSENT in request.POST:
        return _show_again(request, step, walk, _address(step, changing=_changing(request)))
    form = StepForm(step=step, walk=walk, words=words.of(_language()), data=request.POST)
    if not form.is_valid():
        return _ask(request, step, walk, form, status=422)
    others = {key: answer for key, answer in walk.answers.items() if key not in step.keys}
    return _after(request, step, flow.replay({**others, **form.answers}))


def _ask(request: HttpRequest, step: Step, walk: Walk, form: StepForm, status: int = 200) -> HttpResponse:
    changing = _changing(request)
    before = walk.before(step)
    if changing and walk.complete and not walk.ended:
        back = reverse("screener:answers")
    else:
        back = _address(before, changing=changing) if before else reverse("screener:start")
    said = words.of(_language())
    context = {
        "form": form,
        "step": step.name,
        "heading": said.steps.get(step.name, "") if len(form.questions) > 1 else "",
        "title": said.steps.get(step.name) or form.fields[step.keys[0]].label,
        "whys": dict.fromkeys(
            said.questions[each.key].why.to(walk.answers.get("who")) for each in form.questions
        ),
        "number": walk.number(step),
        "total": len(STEPS),
        "action": _address(step, changing=changing),
        "back_url": back,
        "other_url": twin_path(_address(step, changing=changing)),
        "note": _note(request),
        "unsent": UNSENT,
    }
    return render(request, "screener/step.html", context, status=status)


def _show_again(request: HttpRequest, step: Step, walk: Walk, address: str) -> HttpResponse:
    """Shows the step, in the language of this address, with what is ticked; nothing is judged, nothing is answered."""
    asked = flow.questions_asked(step, walk.answers)
    ticked = {question.key: tuple(request.POST.getlist(question.key)) for question in asked}
    return _go_on(request, address, walk.answers, ticked=ticked)


def _elsewhere(request: HttpRequest, step: Step, walk: Walk) -> HttpResponse:
    """To the first open step; but an answer that ends the walk gets its result, also where cookies are refused."""
    if request.method == "POST" and UNSENT not in request.POST:
        form = StepForm(step=step, walk=walk, words=words.of(_language()), data=request.POST)
        ended = flow.cut_short(walk, step, form.answers) if form.is_valid() else None
        if ended:
            return _result(request, ended)
    return _to_first_open(request, walk)


def _to_first_open(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Whoever was in the middle of a walk whose answers are gone is told so on the next page."""
    found = cookie.read(request)
    response = SeeOther(_first_open(walk))
    lost = found.lost or (Lost.GONE if request.method == "POST" else None)
    if found.answers is None and lost:
        cookie.save_loss(response, lost)
    return response


def _note(request: HttpRequest) -> str:
    lost = cookie.read(request).lost
    return words.of(_language()).lines[LOST_IN_WORDS[lost]].to_self if lost else ""


def _after(request: HttpRequest, step: Step, walk: Walk) -> HttpResponse:
    """The result where the walk ended, else the next step; after a change, only what is newly open."""
    if walk.ended:
        response = _result(request, walk)
        cookie.save(response, walk.answers)
        return response
    if _changing(request):
        return _go_on(request, _first_open(walk, changing=True), walk.answers)
    following = walk.after(step)
    return _go_on(request, _address(following) if following else reverse("screener:answers"), walk.answers)


@no_store
@require_http_methods(["GET", "HEAD"])
@open_while_switched_on
def answers(request: HttpRequest) -> HttpResponse:
    walk = flow.replay(cookie.load(request) or {})
    if not walk.complete or walk.ended:
        return _to_first_open(request, walk)
    context = {
        "given": results.answers_in_words(walk, _language()),
        "back_url": _address(walk.path[-1]),
    }
    return render(request, "screener/answers.html", context)


@no_store
@require_http_methods(["GET", "HEAD"])
@open_while_switched_on
def result(request: HttpRequest) -> HttpResponse:
    walk = flow.replay(cookie.load(request) or {})
    if not walk.complete:
        return _to_first_open(request, walk)
    return _result(request, walk)


@csrf_exempt
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@refuses_other_sites
@open_while_switched_on
def visit(request: HttpRequest) -> HttpResponse:
    """Questions after the result, for the printed page alone."""
    found = cookie.read(request)
    walk = flow.replay(found.answers or {})
    if not walk.complete or walk.ended:
        return _to_first_open(request, walk)
    said = words.of(_language())
    is_post = request.method == "POST"
    if UNSENT in request.POST:
        return _show_again(request, VISIT, walk, reverse("screener:visit"))
    data = request.POST if is_post else None
    form = StepForm(step=VISIT, walk=walk, words=said, data=data, ticked=found.ticked)
    if is_post and form.is_valid():
        others = {key: answer for key, answer in walk.answers.items() if key not in VISIT.keys}
        return _go_on(request, reverse("screener:result"), flow.replay({**others, **form.answers}).answers)
    context = {
        "form": form,
        "heading": said.steps[VISIT.name],
        "back_url": reverse("screener:result"),
        "unsent": UNSENT,
    }
    return render(request, "screener/visit.html", context, status=422 if is_post else 200)


@csrf_exempt
@no_store
@require_POST
@refuses_other_sites
def clear(request: HttpRequest) -> HttpResponse:
    response = SeeOther(reverse("screener:start"))
    cookie.clear(response)
    return response


def _result(request: HttpRequest, walk: Walk) -> HttpResponse:
    decision = decide(walk.answers)
    if decision.outcome is Outcome.EMERGENCY:
        signs = tuple(sign for sign in EMERGENCY_SIGNS if sign in walk.answers["emerg"])
        return _emergency_page(request, signs, walk.answers.get("who"))
    context = results.context_of(decision, walk, _language())
    context["other_url"] = twin_path(reverse("screener:result"))
    context["back_url"] = (
        _address(walk.path[-1], changing=True) if walk.ended else reverse("screener:answers")
    )
    return render(request, "screener/result.html", context)


def _emergency(request: HttpRequest, posted: Posted) -> HttpResponse:
    kept = cookie.load(request) or {}
    response = _emergency_page(request, posted.signs, kept.get("who"))
    # Another site's form may raise the alarm, but not change what this browser keeps.
    if not comes_from_elsewhere(request):
        others = {key: answer for key, answer in kept.items() if key != "emerg"}
        cookie.save(response, flow.replay({**others, "emerg": posted.signs}).answers)
    return response


def _emergency_page(request: HttpRequest, signs: tuple[str, ...], who: object) -> HttpResponse:
    context = results.emergency_context(signs, who, _language())
    context["mistake_url"] = _address(STEPS[0])
    return render(request, "screener/emergency.html", context)


def _signs(lang: str) -> dict[str, object]:
    options = words.of(lang).questions["emerg"].options
    return {"signs": [options[sign].text.to_self for sign in EMERGENCY_SIGNS]}


def _go_on(request: HttpRequest, address: str, kept: Kept, *, ticked: Ticked | None = None) -> HttpResponse:
    """The first redirect of a walk says that a cookie was set: whoever arrives without one refuses cookies."""
    if cookie.load(request) is None:
        address += ("&" if "?" in address else "?") + "kept=1"
    response = SeeOther(address)
    cookie.save(response, kept, ticked=ticked)
    return response


def _first_open(walk: Walk, *, changing: bool = False) -> str:
    if walk.unanswered:
        return _address(walk.unanswered, changing=changing)
    return reverse("screener:result") if walk.ended else reverse("screener:answers")


def _address(step: Step, *, changing: bool = False) -> str:
    return reverse("screener:step", args=[step.name]) + ("?change=1" if changing else "")


def _changing(request: HttpRequest) -> bool:
    return request.GET.get("change") == "1"


def _language() -> str:
    return get_language() or "en"
