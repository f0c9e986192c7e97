"""Read running Chinese text for what it claims about the tables, and for damage.

A text is read in layers: ``sentences`` and the time they speak of, ``counts`` with their measure words, ``grammar`` (is
every word known?), ``quantities`` (which cells of the form can be meant?), and on these ``applications``,
``disclosure``, ``sums``, ``negations`` and ``universal_claims``.  ``claims``, ``years`` and ``text_lint`` hold the
checks, ``explanation`` shows what was understood.  Nothing is claimed of words that are not known, nor of what follows
them unless it is complete by itself: a wrong warning costs more than a missed one.
"""
