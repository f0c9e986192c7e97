"""What strangers try: injections known from Jinja sandboxes, and programs without end; each one line of a template."""

from __future__ import annotations

from collections.abc import Mapping

READING: Mapping[str, str] = {
    "the class of a text": "{{ ''.__class__ }}",
    "all classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "all classes by item": "{{ ''['__class__']['__mro__'][1]['__subclasses__']() }}",
    "all classes by filter": "{{ ''|attr('__class__')|attr('__mro__') }}",
    "attributes by escapes": "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "attributes joined": "{{ ''[['__cl','ass__']|join] }}",
    "attributes by map": "{{ ['']|map(attribute='__class__')|list }}",
    "attributes by a dotted map": "{{ ['']|map(attribute='__class__.__mro__')|list }}",
    "attributes by sort": "{{ [1,2]|sort(attribute='__class__') }}",
    "attributes by groupby": "{{ [1,2]|groupby('__class__') }}",
    "attributes by selectattr": "{{ [1]|selectattr('__class__')|list }}",
    "attributes by map of attr": "{{ ['']|map('attr', '__class__')|list }}",
    "a slot's own": "{{ title.__init__.__globals__ }}",
    "a slot's drawing": "{{ title._draw }}",
    "a slot's maker": "{{ title.raw }}",
    "a section's ink": "{{ requests._ink }}",
    "a section's view": "{{ requests._section.grid.frame }}",
    "a figure's class": "{{ requests.received.total.__class__ }}",
    "a figure's bytes": "{{ requests.received.total.to_bytes(9, 'big') }}",
    "a branch's figures": "{{ requests.received._figures }}",
    "a year's methods": "{{ year.bit_length() }}",
    "the wording's store": "{{ wording._entries }}",
    "all figures at once": "{{ self._TemplateReference__context['gxgen:figures'] }}",
    "the template itself": "{{ self.__init__.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner": "{{ joiner.__init__.__globals__.os }}",
    "namespace": "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "range": "{{ range.__class__ }}",
    "dict": "{{ dict.__base__ }}",
    "config": "{{ config.items() }}",
    "request": "{{ request.application.__globals__ }}",
    "url_for": "{{ url_for.__globals__ }}",
    "get_flashed_messages": "{{ get_flashed_messages.__globals__ }}",
    "open": "{{ open('/etc/passwd').read() }}",
    "import by name": "{{ __import__('os').system('id') }}",
    "builtins": "{{ __builtins__ }}",
    "a macro's own": "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
    "a macro's environment": "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "a loop's own": "{% for a in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "a loop's iterable": "{% for a in [1] %}{{ loop._iterable }}{% endfor %}",
    "a method's own": "{{ agency.upper.__self__ }}",
    "a generator's frame": "{{ ([1]|map('upper')).gi_frame }}",
    "an undefined name's own": "{{ nothing.__init__.__globals__ }}",
    "format": "{{ '{0.__class__}'.format(1) }}",
    "format by item": "{{ '{0.__class__}'['format'](1) }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "format by map": "{{ ['{0.__class__}']|map('format', 1)|list|first.__class__ }}",
    "include": "{% include '/etc/passwd' %}",
    "include by data": "{% include agency %}",
    "import": "{% import 'os' as os %}{{ os.system('id') }}",
    "from import": "{% from 'os' import system %}{{ system('id') }}",
    "extends": "{% extends '/etc/passwd' %}",
    "a block": "{% block a %}{% endblock %}",
    "no more escaping": "{% autoescape false %}{{ wording.hostile }}{% endautoescape %}",
    "an extension": "{% do 1 %}",
    "debug": "{% debug %}",
    "changing the sections": "{{ sections.append(1) }}",
    "changing a list": "{% set a = [] %}{{ a.append(1) }}",
    "changing a mapping": "{% set a = {} %}{{ a.update({'b': 1}) }}",
    "calling a text": "{{ agency() }}",
    "the compiler's own filter": "{{ [1]|map('gxgen:spend')|list }}",
    "a random choice": "{{ [1,2]|random }}",
    "printing everything": "{{ wording|pprint }}",
    "tojson": "{{ wording|tojson }}",
    "xmlattr": "{{ {'a': 1}|xmlattr }}",
}
"""Attempts to reach what is not offered; each is refused."""

ENDLESS: Mapping[str, str] = {
    "a long range": "{% for a in range(10**9) %}x{% endfor %}",
    "a list of a range": "{{ range(10**9)|list|length }}",
    "loops in loops": "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "empty loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "loops that choose nothing": (
        "{% for a in range(9999) %}{% for b in range(9999) if false %}{% endfor %}{% endfor %}"
    ),
    "loops over sections": "{% for a in sections %}" * 12 + "x" + "{% endfor %}" * 12,
    "a recursive loop": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "a broad recursive loop": "{% for a in range(9) recursive %}{{ loop(range(9)) }}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    ),
    "a caller without end": (
        "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}"
        "{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}"
    ),
    "times": "{{ 'a' * 10**9 }}",
    "times from the left": "{{ 10**9 * 'a' }}",
    "a list times": "{{ ([0] * 10**9)|length }}",
    "doubling": (
        "{% set n = namespace(a='x') %}{% for i in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}{{ n.a }}"
    ),
    "doubling with +": (
        "{% set n = namespace(a='x') %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}{{ n.a }}"
    ),
    "doubling a list": ("{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}"),
    "lists of lists": (
        "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = [n.a, n.a] %}{% endfor %}{{ n.a }}"
    ),
    "mappings of mappings": (
        "{% set n = namespace(a={}) %}{% for i in range(99) %}{% set n.a = {1: n.a, 2: n.a} %}{% endfor %}"
    ),
    "namespaces of namespaces": (
        "{% set n = namespace(a=1) %}{% for i in range(99) %}{% set n.a = namespace(b=n.a, c=n.a) %}{% endfor %}"
        "{{ n.a }}"
    ),
    "arguments of arguments": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1, varargs, varargs) }}{% endif %}{% endmacro %}{{ m(90, 1, 1) }}"
    ),
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a negative power of a large number": "{{ (10 ** 50) ** 60 }}",
    "squares of squares": ("{% set n = namespace(a=9) %}{% for i in range(99) %}{% set n.a = n.a * n.a %}{% endfor %}"),
    "center": "{{ 'a'|center(10**9) }}",
    "indent": "{{ 'a\\nb'|indent(10**9) }}",
    "indent by a text": "{% set a = 'x' * 900000 %}{{ ('\\n' * 900000)|indent(a) }}",
    "replace": "{{ ('a' * 900000)|replace('a', 'b' * 900000) }}",
    "replace as a method": "{{ ('a' * 900000).replace('a', 'b' * 900000) }}",
    "replace nothing": "{{ ('a' * 900000)|replace('', 'b' * 900000) }}",
    "join": "{{ range(9999)|join('a' * 900000) }}",
    "a format's width": "{{ '%1000000000d'|format(1) }}",
    "a format's width by a star": "{{ '%*d'|format(1000000000, 1) }}",
    "a format's precision": "{{ '%.1000000000f' % 1 }}",
    "batch": "{{ [1]|batch(10**9, 'x')|list }}",
    "slice": "{{ [1]|slice(10**9)|list }}",
    "round": "{{ 5|round(-10**9) }}",
    "wordwrap": "{{ ('a' * 900000)|wordwrap(1, wrapstring='b' * 900000) }}",
    "center as a method": "{{ 'a'.center(10**9) }}",
    "zfill": "{{ 'a'.zfill(10**9) }}",
    "expandtabs": "{{ '\\t'.expandtabs(10**9) }}",
    "a translated text": "{{ 'a'.translate({97: 'b' * 900000}) }}",
    "sums of lists": "{{ [[1] * 9000]|sum(start=[]) }}",
    "filters in loops": "{% for a in range(9999) %}{{ range(9999)|sum }}{% endfor %}",
    "sorting in loops": "{% for a in range(9999) %}{{ range(9999)|sort|first }}{% endfor %}",
    "a text in loops": "{% set a = 'x' * 900000 %}{% for b in range(9999) %}{{ a }}{% endfor %}",
    "static text in loops": "{% for a in range(9999) %}{% for b in range(20) %}"
    + "长" * 9000
    + "{% endfor %}{% endfor %}",
    "brackets in brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "lists in lists": "{{ " + "[" * 300 + "]" * 300 + " }}",
    "conditions in conditions": "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "a number without end": "{{ " + "9" * 9000 + " }}",
    "infinity": "{{ 1e999 }}",
    "division by nothing": "{{ 1 / 0 }}",
    "a remainder by nothing": "{{ 1 % 0 }}",
}
"""Programs that would run, grow or nest without end; each is stopped."""
