"""Every page and state that a patient can meet in the check, each as the server answers it."""

from collections.abc import Callable
from typing import Any

from clinic import snapshot
from clinic.practice import Practice
from screener.questions import STEPS
from tests.booking.conftest import keep_answers
from tests.booking.states import Scene
from tests.screener import reference
from tests.screener.patients import TYPICAL, Answers
from tests.screener.worst import kept

State = Callable[[Scene], Any]
ALL: Answers = {"who": "self", **TYPICAL}


def before(name: str) -> Answers:
    """What the typical patient has answered when this step comes."""
    number = next(place for place, step in enumerate(STEPS) if step.name == name)
    keys = {"who", *(key for step in STEPS[:number] for key in step.keys)}
    return {key: answer for key, answer in ALL.items() if key in keys}


def at(path: str, answers: Answers) -> State:
    """The page at this address, for a browser that holds these answers."""

    def shown(scene: Scene) -> Any:
        brings(scene, answers)
        return scene.get(f"/check/{path}")

    return shown


def sends(path: str, answers: Answers, posted: Answers) -> State:
    def shown(scene: Scene) -> Any:
        brings(scene, answers)
        return scene.post(f"/check/{path}", posted)

    return shown


def brings(scene: Scene, answers: Answers) -> None:
    if answers:
        keep_answers(scene.client, answers)


def answers_gone(scene: Scene) -> Any:
    return scene.client.post(f"{scene.prefix}/check/worse/", {"worse": "stand"}, follow=True)


def switched_off(scene: Scene) -> Any:
    Practice.objects.update(screener_on=False)
    snapshot.refresh()
    try:
        return scene.get("/check/")
    finally:
        Practice.objects.update(screener_on=True)
        snapshot.refresh()


STATES: dict[str, State] = {
    "the start": at("", {}),
    "the start, nobody chosen": sends("", {}, {"who": "moon"}),
    "the start with answers from before": at("", before("care")),
    **{f"step {step.name}": at(f"{step.name}/", before(step.name)) for step in STEPS},
    **{f"step {step.name} left empty": sends(f"{step.name}/", before(step.name), {}) for step in STEPS},
    **{f"step {step.name} changed": at(f"{step.name}/?change=1", ALL) for step in STEPS},
    "the first step, answers gone": answers_gone,
    "the answers": at("answers/", ALL),
    **{
        f"result {outcome} for {who}": at("result/", dict(kept(outcome, who)))
        for outcome in reference.OUTCOMES
        for who in ("self", "other")
    },
    "a sign ticked": sends("emerg/", {}, {"emerg": ["e_saddle"]}),
    "the visit": at("visit/", ALL),
    "the visit after all": at("visit/", dict(kept("REVIEW"))),
    "the visit, something else sent": sends("visit/", ALL, {"sleep_mood": "moon"}),
    "switched off": switched_off,
    "cookies refused": at("emerg/?kept=1", {}),
    "how it decides": at("how-it-decides/", {}),
    "the pack": at("how-it-decides/pack/", {}),
}
WRONG = ("left empty", "nobody chosen", "something else sent")


def shown(name: str, prefix: str) -> Any:
    """The answer of the server in this state."""
    answer = STATES[name](Scene(prefix))
    wanted = 422 if name.endswith(WRONG) else 200
    assert answer.status_code == wanted, f"{name}: {answer.status_code}"
    kind, which, *_ = name.split()
    mark = {"step": f'data-step="{which}"', "result": f'data-outcome="{which}"'}.get(kind, "data-")
    assert mark in answer.content.decode(), name
    return answer
