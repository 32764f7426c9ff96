package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.spi.Rule;

/// What findings in templates mean.
final class TemplateRules {
    static final Rule ESCAPES =
            Rule.code(
                    "template-escapes-to-python",
                    "Replace the template with the one of the model's author; render templates only in a"
                            + " sandbox.",
                    "CWE-1336",
                    "CWE-94");
    static final Rule COMPUTED =
            Rule.code(
                    "template-computes-names",
                    "Replace the template with one that names what it reads.",
                    "CWE-1336");
    static final Rule LOADS =
            Rule.code(
                    "template-loads-other-templates",
                    "Replace the template with one that stands alone.",
                    "CWE-829");
    static final Rule HIDDEN =
            Rule.code(
                    "template-adds-hidden-instructions",
                    "Replace the template with the one of the model's author, and compare what it renders.",
                    "CWE-506");
    static final Rule INVISIBLE =
            Rule.code(
                    "template-has-invisible-characters",
                    "Remove the characters; they make people and models read different text.",
                    "CWE-1007");
    static final Rule ENDLESS =
            Rule.structure(
                    "template-exhausts-resources",
                    "Do not render it; it is made to exhaust memory or time.",
                    "CWE-400");
    static final Rule BROKEN =
            Rule.structure(
                    "template-structure", "Replace the template with one that parses.", "CWE-20");

    private TemplateRules() {}
}
