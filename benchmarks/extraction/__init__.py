"""Score mela's extraction beside other libraries, on the suites that those libraries wrote.

    python -m benchmarks.extraction --suites ../shared/suites

Writes ``benchmarks/results/extraction.json``, from which the README's table is made. One run, one
process: each library reads each suite twice, and the second time is measured, in milliseconds of
CPU time a text. Compare the times of one run only. ``--misses NAME`` shows, for one suite, what
mela missed or found too much.

Suites (see ``suites.py`` for their form), from the tests of other projects:

twitter_text_*         conformance tests of twitter-text (Apache-2.0)
linkify_it_*           fixtures of linkify-it (MIT)
urlextract_urls        tests of URLExtract (MIT)
msrec_*                specifications of Microsoft Recognizers-Text (MIT)
duckling_*             corpora of Duckling (BSD-3-Clause); their spans hold more or less than ours,
                       by habit, so that they are judged by overlap
libphonenumber_valid   tests of libphonenumber's matcher (Apache-2.0)
psl_vectors            test vectors of the Public Suffix List (CC0-1.0)
sms_*                  messages of the SMS Spam Collection, labelled by hand
"""
