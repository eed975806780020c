"""One answer in the documents of many editors, its text split over their pieces."""

from __future__ import annotations

import json

ASKED = "Will somebody watch me?"
FIRST, SECOND = "No. Nobody from our team joins, and your ", "sitter keeps an eye on you."
TWO = "The sitter stays for two hours."
ANSWER = f"{FIRST}{SECOND}\n{TWO}"
SANITY = [
    {
        "_type": "block",
        "_key": "a",
        "style": "normal",
        "markDefs": [],
        "children": [
            {"_type": "span", "_key": "b", "marks": ["strong"], "text": FIRST},
            {"_type": "span", "_key": "c", "marks": [], "text": SECOND},
        ],
    },
    {"_type": "block", "children": [{"_type": "span", "text": TWO}]},
]
CONTENTFUL = {
    "nodeType": "document",
    "data": {},
    "content": [
        {
            "nodeType": "paragraph",
            "data": {},
            "content": [
                {"nodeType": "text", "value": FIRST, "marks": [], "data": {}},
                {
                    "nodeType": "hyperlink",
                    "data": {"uri": "/sitter"},
                    "content": [{"nodeType": "text", "value": SECOND}],
                },
            ],
        },
        {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": TWO}]},
    ],
}
SLATE = [
    {"type": "paragraph", "children": [{"text": FIRST, "bold": True}, {"text": SECOND}]},
    {"type": "paragraph", "children": [{"text": TWO}]},
]
LEXICAL = {
    "root": {
        "type": "root",
        "children": [
            {
                "type": "paragraph",
                "children": [
                    {"type": "text", "text": FIRST, "mode": "normal", "format": 1},
                    {"type": "text", "text": SECOND, "mode": "normal", "format": 0},
                ],
            },
            {"type": "paragraph", "children": [{"type": "text", "text": TWO}]},
        ],
    }
}
TIPTAP = {
    "type": "doc",
    "content": [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": FIRST, "marks": [{"type": "bold"}]},
                {"type": "text", "text": SECOND},
                {"type": "hard_break"},
                {"type": "text", "text": TWO},
            ],
        }
    ],
}
EDITOR_JS = {
    "time": 1,
    "blocks": [
        {"id": "a", "type": "paragraph", "data": {"text": f"<b>{FIRST}</b>{SECOND}"}},
        {"id": "b", "type": "list", "data": {"style": "unordered", "items": [TWO]}},
    ],
}
DRAFT_JS = {
    "blocks": [
        {"key": "a", "text": FIRST + SECOND, "type": "unstyled", "inlineStyleRanges": []},
        {"key": "b", "text": TWO, "type": "unstyled", "inlineStyleRanges": []},
    ],
    "entityMap": {},
}
RICOS = {
    "nodes": [
        {
            "type": "PARAGRAPH",
            "nodes": [
                {"type": "TEXT", "nodes": [], "textData": {"text": FIRST, "decorations": []}},
                {"type": "TEXT", "nodes": [], "textData": {"text": SECOND, "decorations": []}},
            ],
        },
        {"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": TWO}}]},
    ]
}
PRISMIC = [
    {"type": "paragraph", "text": FIRST + SECOND, "spans": []},
    {"type": "paragraph", "text": TWO, "spans": []},
]
DATO = {
    "value": {
        "schema": "dast",
        "document": {
            "type": "root",
            "children": [
                {
                    "type": "paragraph",
                    "children": [
                        {"type": "span", "marks": ["strong"], "value": FIRST},
                        {"type": "span", "value": SECOND},
                    ],
                },
                {"type": "paragraph", "children": [{"type": "span", "value": TWO}]},
            ],
        },
    }
}
BUILDER = [
    {
        "@type": "@builder.io/sdk:Element",
        "component": {"name": "Text", "options": {"text": f"<p>{FIRST}{SECOND}</p>"}},
    },
    {"@type": "@builder.io/sdk:Element", "component": {"name": "Text", "options": {"text": TWO}}},
]
HAST = {
    "type": "root",
    "children": [
        {
            "type": "element",
            "tag": "p",
            "props": {},
            "children": [
                {
                    "type": "element",
                    "tag": "strong",
                    "children": [{"type": "text", "value": FIRST}],
                },
                {"type": "text", "value": SECOND},
            ],
        },
        {"type": "element", "tag": "p", "children": [{"type": "text", "value": TWO}]},
    ],
}
MINIMARK = {"type": "minimark", "value": [["p", {}, ["strong", {}, FIRST], SECOND], ["p", {}, TWO]]}
REACT = [
    ["$", "p", None, {"children": [["$", "strong", None, {"children": FIRST}], SECOND]}],
    ["$", "p", None, {"children": TWO}],
]
DOCUMENTS = {
    "sanity": SANITY,
    "contentful": CONTENTFUL,
    "contentful-raw": {"raw": json.dumps(CONTENTFUL)},
    "contentful-locale": {"en-US": CONTENTFUL},
    "slate-strapi": SLATE,
    "lexical": LEXICAL,
    "lexical-text": json.dumps(LEXICAL),
    "tiptap-storyblok": TIPTAP,
    "editor-js": EDITOR_JS,
    "draft-js": DRAFT_JS,
    "ricos": RICOS,
    "prismic": PRISMIC,
    "dato": DATO,
    "builder": BUILDER,
    "hast": HAST,
    "minimark": MINIMARK,
    "react": REACT,
    "html": f"<p><b>{FIRST}</b>{SECOND}</p><p>{TWO}</p>",
}
