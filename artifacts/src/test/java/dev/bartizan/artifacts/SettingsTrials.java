package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import java.util.ArrayList;
import java.util.List;

/// Templates and settings: what they reach, run, change or send on, and honest ones beside them.
final class SettingsTrials {
    private static final String TURNS =
            "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}</s>\n{% endfor %}"
                    + "{% if add_generation_prompt %}<|assistant|>\n{% endif %}";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        SettingsTrials trials = new SettingsTrials();
        trials.escapes();
        return trials.all;
    }

    private void bad(String name, String file, String text) {
        all.add(Trial.bad("settings/" + name, file, utf8(text)));
    }

    private void benign(String name, String file, String text) {
        all.add(Trial.benign("settings/" + name, file, utf8(text)));
    }

    private void badTemplate(String name, String template) {
        bad(name, "chat_template.jinja", template + TURNS);
    }

    private void benignTemplate(String name, String template) {
        benign(name, "chat_template.jinja", template + TURNS);
    }

    private void escapes() {
        badTemplate("map-attribute", "{{ [cycler]|map(attribute='__init__.__globals__')|list }}");
        badTemplate(
                "map-attribute-built",
                "{{ [cycler]|map(attribute=['__init__','__globals__']|join('.'))|list }}");
        badTemplate("map-attribute-unknown", "{{ [cycler]|map(attribute=messages[0].content) }}");
        badTemplate("format-field", "{{ '{0.__init__.__globals__}'.format(cycler) }}");
        badTemplate("format-item", "{{ '{x[__globals__]}'.format(x=lipsum) }}");
        badTemplate("format-map", "{{ '{c.__init__}'.format_map({'c': cycler}) }}");
        badTemplate("format-mapped", "{{ ['{0.__globals__}']|map('format', lipsum)|list }}");
        badTemplate(
                "format-built",
                "{% set u = '_' ~ '_' %}{{ ('{0.' ~ u ~ 'init__}').format(joiner) }}");
        badTemplate(
                "named-characters",
                "{{ cycler['\\N{LOW LINE}\\N{LOW LINE}init\\N{LOW LINE}\\N{LOW LINE}'] }}");
        badTemplate("tags-stripped", "{{ cycler|attr('_<b>_in</b>it_<i>_'|striptags) }}");
        badTemplate("entities", "{{ cycler|attr('&#95;&#95;init&#95;&#95;'|striptags) }}");
        badTemplate("cut-off", "{{ cycler|attr('__init__ is long'|truncate(8, true, '', 0)) }}");
        badTemplate("translated", "{{ cycler|attr('--init--'.translate({45: 95})) }}");
        benignTemplate("map-plain", "{{ tools|map(attribute='function.name')|join(', ') }}");
        benignTemplate("format-plain", "{{ '{0}: {1.name}'.format(1, tools[0]) }}");
        benignTemplate(
                "prose-with-names", "{{ 'Put code into __init__.py and call __main__ last.' }}");
    }
}
