"""`{{ rule|rule_words }}`: a rule for texts by the name that editors know."""

from django import template

from content.rule_words import rule_words

register = template.Library()
register.filter(rule_words)
