package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.list;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.List;

/// What takes all memory or time by numbers alone, and the same with honest numbers.
final class ExhaustionTrials {
    private static final Part ENDLESS = call("itertools:count");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        ExhaustionTrials trials = new ExhaustionTrials();
        trials.pickles();
        trials.templates();
        return trials.all;
    }

    private void pair(String name, Part endless, Part honest) {
        all.add(Trial.bad("exhaustion/" + name, "m.pkl", pickle(endless)));
        all.add(Trial.benign("exhaustion/honest-" + name, "m.pkl", pickle(honest)));
    }

    private void pickles() {
        pair(
                "bytes",
                call("builtins:bytearray", number(1 << 30)),
                call("builtins:bytearray", number(4096)));
        pair("list", call("builtins:list", ENDLESS), call("builtins:list", list(number(1))));
        pair(
                "enumerate",
                call("builtins:tuple", call("builtins:enumerate", ENDLESS)),
                call("builtins:tuple", call("builtins:enumerate", list(text("a")))));
        pair(
                "repeat",
                call("builtins:set", call("itertools:repeat", none())),
                call("builtins:set", call("itertools:repeat", none(), number(3))));
        pair(
                "range",
                call(
                        "collections:deque",
                        call(
                                "builtins:range",
                                number(-Integer.MAX_VALUE),
                                number(Integer.MAX_VALUE))),
                call("collections:deque", call("builtins:range", number(1000))));
        pair(
                "power",
                call("builtins:pow", number(9), number(1 << 30)),
                call("builtins:pow", number(2), number(64)));
        pair(
                "power-of-operator",
                call("operator:pow", number(-9), number(1 << 30)),
                call("operator:pow", number(1), number(1 << 30)));
        pair(
                "shift",
                call("operator:lshift", number(1), number(Integer.MAX_VALUE)),
                call("operator:lshift", number(1), number(20)));
        pair(
                "repeated-text",
                call("operator:mul", text("text"), number(1 << 30)),
                call("operator:mul", text("-"), number(80)));
        pair(
                "fraction",
                call("fractions:Fraction", text("1e999999999")),
                call("fractions:Fraction", text("1e3")));
        pair(
                "width",
                call("builtins:format", number(1), text("0999999999")),
                call("builtins:format", number(1), text("08d")));
        pair(
                "array",
                call("numpy:ones", tuple(number(1 << 20), number(1 << 20))),
                call("numpy:ones", tuple(number(3), number(4))));
    }

    private void templates() {
        template("power", "{{ 9 ** 99999999 }}", "{{ 9 ** 9 ** 9 }}");
        template(
                "loops",
                "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
                "{% for a in range(9) %}{% for b in range(9) %}x{% endfor %}{% endfor %}");
        template(
                "recursion",
                "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m(n) %}{{ n }}{% endmacro %}{{ m(1) }}");
        template("width", "{{ '%0999999999d' | format(1) }}", "{{ '%05d' | format(1) }}");
        template(
                "loops-by-another-name",
                "{% set many = range %}{% set all = many(99999) %}{% for a in all %}{% for b in many(99999) %}x{% endfor %}{% endfor %}",
                "{% set few = range(9) %}{% for a in few %}{% for b in few %}x{% endfor %}{% endfor %}");
        template(
                "loops-by-a-field",
                "{% set ns = namespace() %}{% set ns.r = range %}{% for a in ns.r(99999) %}{% for b in ns.r(99999) %}x{% endfor %}{% endfor %}",
                "{% set ns = namespace(n=0) %}{% for a in range(3) %}{% set ns.n = ns.n + 1 %}{% endfor %}");
        template(
                "repeated-by-name",
                "{% set s = 'text' %}{% set n = 99999999 %}{{ s * n }}",
                "{% set s = s * 2 %}{% set line = '-' %}{{ line * 40 }}");
        template("field-width", "{{ '{:>999999999}'.format(1) }}", "{{ '{:>8}'.format(1) }}");
        template("repeated", "{{ 'text' * 999999999 }}", "{{ '-' * 40 }}");
    }

    private void template(String name, String endless, String honest) {
        String rest = "{% for m in messages %}{{ m['content'] }}{% endfor %}";
        all.add(
                Trial.bad(
                        "exhaustion/template-" + name,
                        "chat_template.jinja",
                        (endless + rest).getBytes(UTF_8)));
        all.add(
                Trial.benign(
                        "exhaustion/honest-template-" + name,
                        "chat_template.jinja",
                        (honest + rest).getBytes(UTF_8)));
    }
}
