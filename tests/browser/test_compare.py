"""What a person does on the screen Compare, and sees: acceptance check 6."""

from typing import Any

import pytest


@pytest.mark.parametrize("language", ["en", "es"])
def test_check_6_two_worlds_side_by_side_and_two_hundred_pairs(visit: Any, language: str) -> None:
    page = visit(f"#l={language}&t=6")
    link = page.get_attribute("#demarche", "data-link")
    page.keyboard.press("b")
    page.locator("#branch-path").select_option("COL.elite")
    page.locator("#branch-value").fill("60")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.map').length === 2")
    page.wait_for_selector("#sentence[data-runs='200']", timeout=90_000)  # the first time here the engine is compiled
    sentence = page.inner_text("#sentence")
    assert "200" in sentence and "95 %" in sentence
    assert ("later" if language == "en" else "después") in sentence, sentence
    assert page.get_attribute("#demarche", "data-link") == link
    branches = page.inner_text(".branches")
    assert ("part at round" if language == "en" else "se separan en la ronda") in branches, branches
    page.locator("#keep").click()  # the second world becomes the run, and can be shared; Ctrl+Z goes back
    page.wait_for_function(f"document.getElementById('demarche').dataset.link !== '{link}'")
    assert page.locator(".map").count() == 1 and "(+6 h)" in page.inner_text(".what-if")
    page.keyboard.press("Control+z")
    page.wait_for_function(f"document.getElementById('demarche').dataset.link === '{link}'")


def test_a_change_without_effect_says_so(visit: Any) -> None:
    page = visit("#t=6")
    page.keyboard.press("b")
    page.locator("#branch-path").select_option("COL.defiance")
    page.locator("#branch-value").fill("70")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.map').length === 2")
    assert "never part" in page.inner_text(".branches")


def test_a_value_out_of_bounds_is_said_before_it_is_sent(visit: Any) -> None:
    page = visit("#t=6")
    page.keyboard.press("b")
    page.locator("#branch-value").fill("140")
    assert "between 0 and 100" in page.inner_text(".branching")
    assert page.locator(".branching button[type=submit]").is_disabled()
