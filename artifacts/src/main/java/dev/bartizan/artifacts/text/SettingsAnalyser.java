package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.artifacts.tensorflow.GraphOperators;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// YAML settings and templates kept as text: what they make a loader import, and what their
/// templates do.
public final class SettingsAnalyser implements FormatAnalyser {
    /// A document that programs fill in, whatever else it is.
    private static final Pattern PROMPT_NAME = Pattern.compile("(?i)prompt|template|jinja");

    /// What a document shows between backticks, it does not render.
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`\\n]{1,400}`");

    private static final LazyPattern SETTING =
            LazyPattern.of(
                    "(?m)(?:^|[{,\\s-])[\"']?([A-Za-z_][\\w.-]{0,80}+)[\"']?\\s*:[ \\t]+[\"']?([^\\s\"'#,}\\]]{1,400})");

    /// A key whose value stands on the lines below it.
    private static final LazyPattern BARE_KEY =
            LazyPattern.of("(?m)^[ \\t?-]*[\"']?[A-Za-z_][\\w.-]{0,80}+[\"']?\\s*:[ \\t]*\\r?$");

    /// A key and a value in quotes behind it.
    private static final LazyPattern QUOTED =
            LazyPattern.of(
                    "\\b([A-Za-z_][\\w.-]{0,80}+)[ \\t]*[:=][ \\t]*\"((?:[^\"\\\\\\n]|\\\\.){8,2000}+)\"");

    /// A mapping on one line whose keys have no quotes.
    private static final LazyPattern PLAIN_KEY =
            LazyPattern.of("\\{\\s*+[A-Za-z_][\\w.-]*+\\s*+:\\s");

    /// A document that begins with a tag, behind directives and comments.
    private static final LazyPattern TAGGED =
            LazyPattern.of(
                    "(?:\\s*+(?:#[^\\n]*+|%[A-Z][^\\n]*+|---)(?=\\s))*+\\s*+(?:[-?\\[]\\s*+)*+(?:&\\w++\\s++)?+!(?:!|<|\\w++!)?+[\\w:/%]");

    private static final LazyPattern PYTHON_TAG =
            LazyPattern.of(
                    "!!python/(object|module|name|apply|object/apply|object/new)[:/][^\\s]{0,120}|tag:yaml\\.org,2002:python/[^\\s>]{0,120}");
    private static final LazyPattern JINJA_NAME = LazyPattern.of(".*\\.(jinja2?|j2)");
    private static final LazyPattern TEMPLATE_NAME =
            LazyPattern.of(".*\\.(jinja2?|j2|template|tmpl)");
    private static final LazyPattern NODE = LazyPattern.of("\\bnode(_def)?\\s*+(?::\\s*+)?[{<]");
    private static final LazyPattern OPERATOR =
            LazyPattern.of("\\bop\\s*:\\s*[\"'](\\w{1,80})[\"']");

    /// Keys whose values loaders import: of Hydra, MLflow, Lightning, jsonpickle, latent diffusion
    /// and others.
    public static final Set<String> TARGET_KEYS =
            Set.of(
                    "_target_",
                    "loader_module",
                    "__loader_module__",
                    "class_path",
                    "callable",
                    "entry_point",
                    "_partial_target_",
                    "handler_class",
                    "target",
                    "_class_",
                    "__class__",
                    "py/object",
                    "py/reduce",
                    "py/function",
                    "py/type",
                    "factory",
                    "func",
                    "function",
                    "import",
                    "cls");

    /// Keys whose values are a module even when they are one word.
    private static final Set<String> ALONE =
            Set.of(
                    "_target_",
                    "loader_module",
                    "__loader_module__",
                    "class_path",
                    "callable",
                    "entry_point",
                    "handler_class",
                    "!module",
                    "!import");

    private static final LazyPattern JOBS = LazyPattern.of("(?m)^(jobs|runs|on):");
    private static final LazyPattern FORGE =
            LazyPattern.of(
                    "\\$\\{\\{(?![^{}]*__)\\s*+(?:!\\s*+)?(runner|github|env|secrets|matrix|steps|needs|inputs|vars|jobs?|strategy|hashFiles|format|toJSON|fromJSON|contains|startsWith|endsWith|always|failure|success|cancelled)\\b[^{}]*}}");

    /// Made for the list of formats.
    public SettingsAnalyser() {}

    @Override
    public String format() {
        return "settings";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        char first = TextContent.firstSign(item);
        if (first == 0
                || (first == '<' && !isNamedTemplate(item))
                || (first == '#' && item.bytes().has(0, "#!"))) {
            return false;
        }
        return TextContent.of(item)
                .filter(text -> !isJson(text) && !ScriptAnalyser.isSource(item, text))
                .filter(text ->
                        isTemplate(item, text)
                                || item.hasEnding(".yaml", ".yml")
                                || TAGGED.matcher(text).lookingAt()
                                || Finds.any(SETTING.get(), text)
                                || Finds.any(BARE_KEY.get(), text))
                .isPresent();
    }

    private static boolean isJson(String text) {
        String stripped = text.strip();
        return (stripped.startsWith("{")
                        && !PLAIN_KEY.matcher(stripped).lookingAt()
                        && !stripped.startsWith("{{")
                        && !stripped.startsWith("{%")
                        && !stripped.startsWith("{#"))
                || (stripped.startsWith("[") && !TAGGED.matcher(stripped).lookingAt());
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        notes.coverAll();
        String text = TextContent.of(item).orElse("");
        boolean isYaml = YamlEvents.look(text, TARGET_KEYS, notes);
        Finds setting = Finds.of(SETTING.get(), text);
        for (int seen = 0; !isYaml && seen < 100_000 && setting.find(); seen++) {
            if (TARGET_KEYS.contains(setting.group(1))) {
                target(setting.group(1), setting.group(2), setting.start(), notes);
            }
        }
        if (!isYaml) {
            quoted(text, notes);
        }
        Matcher tag = PYTHON_TAG.matcher(text);
        if (!isYaml && text.contains("python/") && tag.find()) {
            notes.finding(
                    TextRules.TARGET,
                    YamlTags.severity(tag.group().replaceFirst("^(!!|.*2002:)", "")),
                    tag.start(),
                    "A YAML tag makes Python call code: " + tag.group());
        }
        graph(text, notes);
        if (isTemplate(item, text)) {
            template(item, withoutForge(text), notes);
        }
    }

    /// Whether a quote stands behind a colon or an equals sign, with blanks between them or none.
    private static boolean mayHoldQuoted(String text) {
        for (int quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) {
            int before = quote - 1;
            while (before > 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
                before--;
            }
            if (before > 0 && (text.charAt(before) == ':' || text.charAt(before) == '=')) {
                return true;
            }
        }
        return false;
    }

    /// Values in quotes of settings that are no YAML: protocol buffers as text, INI and others.
    private static void quoted(String text, Notes notes) {
        if (!mayHoldQuoted(text)) {
            return;
        }
        Finds value = Finds.of(QUOTED.get(), text);
        for (int seen = 0; seen < 20_000 && value.find(); seen++) {
            ValueText.look(
                    value.group(1),
                    value.group(2).replaceAll("\\\\([\"'\\\\])", "$1"),
                    notes.item().path() + "@" + value.start(),
                    notes);
        }
    }

    /// Files named as templates in general may be of another language, with the same brackets.
    private static void template(Item item, String text, Notes notes) {
        boolean isJinja = JINJA_NAME.matcher(item.name()).matches();
        boolean isMeant = isJinja || (isNamedTemplate(item) && TemplateAnalysis.parses(text));
        boolean isDocument =
                !isMeant
                        && item.hasEnding(".md", ".markdown", ".mdc")
                        && !PROMPT_NAME.matcher(item.name()).find();
        TemplateAnalysis.look(
                isDocument ? CODE_SPAN.matcher(text).replaceAll(" ") : text,
                "text",
                isMeant,
                notes);
        if (!isMeant && isNamedTemplate(item) && text.contains("{%")) {
            notes.notCovered("its tags, which do not read as Jinja's");
        }
    }

    /// A workflow of a forge without the expressions that the forge fills in, which are no
    /// template.
    private static String withoutForge(String text) {
        return Finds.any(JOBS.get(), text) ? FORGE.matcher(text).replaceAll("") : text;
    }

    /// Whether the text has tags; in a file named as a template one that is never closed will do.
    private static boolean isTemplate(Item item, String text) {
        return TemplateAnalysis.isTemplate(text)
                || ((text.contains("{{") || text.contains("{%")) && isNamedTemplate(item));
    }

    private static boolean isNamedTemplate(Item item) {
        return TEMPLATE_NAME.matcher(item.name()).matches();
    }

    /// A graph of TensorFlow in the text form of protocol buffers.
    private static void graph(String text, Notes notes) {
        if (!text.contains("node") || !text.contains("op") || !NODE.matcher(text).find()) {
            return;
        }
        Matcher operator = OPERATOR.matcher(text);
        Set<String> seen = new HashSet<>();
        while (operator.find()) {
            String name = operator.group(1);
            GraphOperators.severity(name)
                    .filter(_ -> seen.add(name))
                    .ifPresent(severity ->
                            notes.finding(
                                    TextRules.TARGET,
                                    severity,
                                    operator.start(),
                                    "The graph has the operator "
                                            + name
                                            + ", which reaches outside the model"));
        }
    }

    /// Notes when a setting names dangerous code to import.
    public static void target(String key, String value, long offset, Notes notes) {
        if (value.startsWith("this.") || value.startsWith("self.")) {
            return; // an object of a program, not a module
        }
        if (value.matches("[\\w.]*\\.?\\$\\{[\\w.:]{1,80}\\}.*") && value.contains(".$")) {
            notes.finding(
                    TextRules.TARGET,
                    Severity.MEDIUM,
                    offset,
                    "\"" + key + "\" names code put together from other settings: " + value);
        }
        boolean isName = value.indexOf('.') >= 0 || ALONE.contains(key.replaceFirst("^.*\\.", ""));
        Reach.of(value)
                .filter(_ -> isName)
                .ifPresent(reach ->
                        notes.finding(
                                TextRules.TARGET,
                                Lookups.loadsPlainly(value, notes.item())
                                        ? Severity.LOW
                                        : reach.severity(),
                                offset,
                                "\"" + key + "\" names " + value + ", which can " + reach.what()));
    }
}
