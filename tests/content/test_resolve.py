"""Which text a reader gets: every case by name, and over all small combinations that nothing is lost silently."""

from itertools import product

import pytest

from content.resolve import FILE_SERVED, SERVED, Case, FileFacts, LiveFacts, resolve

EDIT, OLD, NEW = "edit", "old file", "new file"


@pytest.mark.parametrize(
    ("case", "file", "live"),
    [
        (Case.NOTHING, None, None),
        (Case.FILE, FileFacts(OLD), None),
        (Case.SAME, FileFacts(EDIT), LiveFacts(EDIT, base_digest=OLD)),
        (Case.SUPERSEDED, FileFacts(NEW, replaces=EDIT), LiveFacts(EDIT, base_digest=OLD)),
        (Case.AHEAD, FileFacts(OLD), LiveFacts(EDIT, base_digest=OLD)),
        (Case.CONFLICT, FileFacts(NEW), LiveFacts(EDIT, base_digest=OLD)),
        (Case.CONFLICT, FileFacts(NEW), LiveFacts(EDIT)),
        (Case.NEW, None, LiveFacts(EDIT)),
        (Case.REMOVED, None, LiveFacts(EDIT, base_digest=OLD)),
        (Case.REMOVED, None, LiveFacts(EDIT, merged=True)),
        (Case.WITHDRAWN, None, LiveFacts(OLD, base_digest=OLD, is_withdrawal=True)),
        (Case.WITHDRAWN, FileFacts(OLD), LiveFacts(OLD, base_digest=OLD, is_withdrawal=True)),
        (Case.WITHDRAWN, FileFacts(NEW, replaces=OLD), LiveFacts(OLD, base_digest=OLD, is_withdrawal=True)),
        # Once the repository has the edit, later files win; the release before it still shows the edit.
        (Case.FILE, FileFacts(NEW), LiveFacts(EDIT, base_digest=OLD, merged=True)),
        (Case.AHEAD, FileFacts(OLD), LiveFacts(EDIT, base_digest=OLD, merged=True)),
        # The same text published again, over the file that had replaced it: an old mark does not take it away.
        (Case.AHEAD, FileFacts(NEW, EDIT), LiveFacts(EDIT, base_digest=NEW, base_replaces=EDIT)),
        (Case.CONFLICT, FileFacts("newer", EDIT), LiveFacts(EDIT, base_digest=NEW, base_replaces=EDIT)),
    ],
)
def test_each_case_is_told_apart(case: Case, file: FileFacts | None, live: LiveFacts | None) -> None:
    assert resolve(file, live) is case


def test_a_published_text_gives_way_only_to_itself_a_merge_or_a_withdrawal() -> None:
    texts, flags = ("", EDIT, OLD, NEW), (False, True)
    files = [None, *(FileFacts(digest, replaces) for digest, replaces in product(texts[1:], texts))]
    lives = [
        LiveFacts(*facts)
        for facts in product(texts[1:], texts, texts, flags, flags)
        if facts[1] or not facts[2]
    ]

    for file, live in product(files, lives):
        case = resolve(file, live)

        gives_way = SERVED[case] == FILE_SERVED
        merged = file is not None and (live.merged or file.replaces == live.digest)
        assert not gives_way or merged or (file is not None and file.digest == live.digest)
        assert (case is Case.WITHDRAWN) == live.is_withdrawal
        assert file is not None or not gives_way


def test_every_case_says_what_is_served() -> None:
    assert set(SERVED) == set(Case)
