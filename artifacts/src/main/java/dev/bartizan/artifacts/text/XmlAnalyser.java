package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// XML: PMML, OpenVINO graphs and others. Nothing is resolved; the text itself tells of entities,
/// programs, and libraries to load.
public final class XmlAnalyser implements FormatAnalyser {

    /// Made for the list of formats.
    public XmlAnalyser() {}

    @Override
    public String format() {
        return "xml";
    }

    @Override
    public List<String> formats(Item item) throws IOException {
        String root = root(TextContent.of(item).orElse(""));
        return List.of(root.equals("PMML") ? "pmml" : root.equals("net") ? "openvino" : format());
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    private static final String PAGE = "<!doctype html";
    private static final int LINES_LOOKED_AT = 200;
    private static final double MOSTLY = 0.9;
    private static final String[] PROSE = {".md", ".markdown", ".rst", ".txt", ".mdx"};

    @Override
    public boolean recognises(Item item) throws IOException {
        return TextContent.firstSign(item) == '<'
                && !item.hasEnding(".jinja", ".jinja2", ".j2")
                && TextContent.of(item)
                        .filter(text -> !isPowerShell(text) && !isVocabulary(text))
                        .isPresent();
    }

    /// A list of words, one a line and perhaps a number behind it, that begins with a token such as
    /// `<unk>` or `<s>`.
    private static boolean isVocabulary(String text) {
        Matcher token = Forms.TOKEN.matcher(text);
        if (!token.lookingAt() || Forms.DECLARATION.matcher(text).find()) {
            return false;
        }
        String name = token.group(1);
        boolean isClosed = text.stripTrailing().endsWith("</" + name + ">");
        List<String> lines = text.lines().limit(LINES_LOOKED_AT).toList();
        long words = lines.stream().filter(line -> Forms.WORD.matcher(line).matches()).count();
        return !isClosed && words >= MOSTLY * lines.size();
    }

    /// A comment of PowerShell, with which its scripts often start.
    private static boolean isPowerShell(String text) {
        int start = text.indexOf('<');
        return text.startsWith("<#", start);
    }

    /// The name of the first element.
    private static String root(String text) {
        Matcher element = Forms.ROOT.matcher(text);
        int at = text.indexOf('<');
        while (at >= 0) {
            if (element.region(at, text.length()).lookingAt()) {
                return element.group(1);
            }
            int end = behindMarkup(text, at);
            if (end < 0) { // never closed: only an element may still follow
                return element.region(at, text.length()).find() ? element.group(1) : "";
            }
            at = text.indexOf('<', end);
        }
        return "";
    }

    /// Where a comment, an instruction or a document type ends; behind the sign of anything else;
    /// negative when it does not end.
    private static int behindMarkup(String text, int at) {
        if (text.startsWith("<!--", at)) {
            return behind(text, "-->", at);
        }
        if (text.startsWith("<?", at)) {
            return behind(text, "?>", at);
        }
        if (text.startsWith("<!DOCTYPE", at)) {
            int end = text.indexOf('>', at);
            return end >= 0 && text.indexOf('[', at, end) >= 0
                    ? behind(text, "]>", at)
                    : behind(text, ">", at);
        }
        return at + 1;
    }

    /// The text with comments and character data blanked, in which nothing is declared. In a
    /// document type such signs may stand within quotes, so that all of one is kept.
    private static String withoutRemarks(String text) {
        if (!text.contains("<!--") && !text.contains("<![CDATA[")) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text);
        int end;
        for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', end)) {
            boolean isComment = text.startsWith("<!--", at);
            boolean isData = text.startsWith("<![CDATA[", at);
            if (isComment || isData) {
                end = behind(text, isComment ? "-->" : "]]>", at);
            } else if (text.startsWith("<?", at)) {
                end = behind(text, "?>", at);
            } else {
                end = text.startsWith("<!", at) ? -1 : at + 1;
            }
            if (end < 0) {
                return kept.toString();
            }
            for (int i = at; (isComment || isData) && i < end; i++) {
                kept.setCharAt(i, ' ');
            }
        }
        return kept.toString();
    }

    private static int behind(String text, String end, int at) {
        int found = text.indexOf(end, at);
        return found < 0 ? found : found + end.length();
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        String text = TextContent.of(item).orElse("");
        notes.coverAll();
        String root = root(text);
        String read = withoutRemarks(text);
        entities(read, notes);
        new Signs(read, notes)
                .look(
                        Forms.LOCAL_FILE,
                        TextRules.PATH,
                        Severity.MEDIUM,
                        "The document names a file of the machine that reads it: ");
        Signs signs = new Signs(text, notes);
        signs.look(Forms.LIBRARY, TextRules.TARGET, Severity.HIGH, "The graph loads a library: ");
        if (root.equals("net")) {
            openVino(text, notes);
        }
        boolean isPage =
                root.equalsIgnoreCase("html")
                        || text.stripLeading().regionMatches(true, 0, PAGE, 0, PAGE.length());
        ActiveMarkup.sends(text)
                .ifPresent(sent ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.HIGH,
                                0,
                                "The document sends something on when it is shown: " + sent));
        (isPage ? CodeInText.attack(text) : CodeInText.call(text))
                .ifPresent(call ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.MEDIUM,
                                0,
                                "The document holds a program: " + call));
        if (!isPage) {
            CodeInText.script(text)
                    .ifPresent(script ->
                            notes.finding(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.MEDIUM,
                                    0,
                                    "The document holds a script: " + script));
        }
        signs.look(
                Forms.UNPACKED,
                TextRules.CODE_IN_METADATA,
                Severity.MEDIUM,
                "The page runs a script that it unpacks first: ");
        if (root.equals("PMML") && !text.matches("(?s).*<PMML\\b[^<>]*\\bversion\\s*=.*")) {
            notes.broken(TextRules.XML, Severity.LOW, 0, "The PMML document has no version");
        }
        if (item.hasEnding(".pmml") && !root.endsWith("PMML")) {
            notes.broken(
                    TextRules.XML, Severity.LOW, 0, "The document is no PMML: " + Shown.text(root));
        }
        boolean isStrict = root.equals("PMML") || root.equals("net") || text.startsWith("<?xml");
        Optional<String> unclosed = isStrict ? Nesting.problem(text) : Optional.empty();
        unclosed.ifPresent(problem ->
                notes.broken(
                        TextRules.XML,
                        Severity.LOW,
                        0,
                        "The document is not well formed: " + problem));
        String last = text.strip();
        boolean isProse =
                item.hasEnding(PROSE) || Forms.HTML.contains(root.toLowerCase(Locale.ROOT));
        if (unclosed.isEmpty() && !last.endsWith(">") && (isStrict || !isProse)) {
            notes.broken(
                    TextRules.XML,
                    Severity.LOW,
                    last.length(),
                    "The document ends inside an element");
        }
    }

    /// OpenVINO IR: layers of no published operator set need an extension library; a weight file is
    /// named only in settings of the reader, never with a path.
    private static void openVino(String text, Notes notes) {
        Signs signs = new Signs(Spans.without(text, "<rt_info>", "</rt_info>"), notes);
        signs.look(
                Forms.NATIVE_CODE,
                TextRules.TARGET,
                Severity.HIGH,
                "The graph names a library by its path: ");
        signs.look(
                Forms.FILE_OF_LAYER,
                TextRules.PATH,
                Severity.HIGH,
                "The graph names a file outside its folder: ");
        Matcher layer = Forms.LAYER.matcher(text);
        for (int seen = 0; seen < 100_000 && layer.find(); seen++) {
            Matcher type = Forms.TYPE.matcher(layer.group());
            Matcher set = Forms.OPERATOR_SET.matcher(layer.group());
            String name = type.find() ? type.group(1) : "";
            boolean isTelling = name.matches("(?i).*(python|custom|exec|script|plugin).*");
            boolean isForeign = set.find() && !set.group(1).matches("opset[0-9]{1,2}|experimental");
            if (isTelling || isForeign) {
                notes.finding(
                        TextRules.TARGET,
                        isTelling ? Severity.MEDIUM : Severity.LOW,
                        layer.start(),
                        "The layer type \"" + name + "\" needs an extension library");
                return;
            }
        }
    }

    /// Looks for expressions in a text, and notes the first match of each.
    private record Signs(String text, Notes notes) {
        /// @param before what the message says before the match, or the part of it named `what`
        void look(Pattern pattern, Rule rule, Severity severity, String before) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                boolean isPart = pattern.namedGroups().containsKey("what");
                String what = isPart ? found.group("what") : found.group();
                notes.finding(rule, severity, found.start(), before + what);
            }
        }
    }

    private static void entities(String text, Notes notes) {
        Matcher external = Forms.EXTERNAL.matcher(text);
        boolean isExternal = external.find();
        if (isExternal
                && Forms.KNOWN_TYPE
                        .matcher(text)
                        .region(external.start(), text.length())
                        .lookingAt()) {
            isExternal = external.find();
        }
        if (isExternal) {
            notes.finding(
                    TextRules.ENTITIES,
                    Severity.HIGH,
                    external.start(),
                    "The document makes readers fetch something from outside: "
                            + external.group().replaceAll("\\s+", " "));
        } else if (Forms.ENTITY.matcher(text).find()) {
            notes.finding(
                    TextRules.ENTITIES,
                    Severity.HIGH,
                    0,
                    "The document declares entities, which can expand without bound");
        } else if (Forms.DOCTYPE.matcher(text).find()
                && !text.toLowerCase(java.util.Locale.ROOT).contains("<!doctype html")) {
            notes.finding(TextRules.ENTITIES, Severity.LOW, 0, "The document has a document type");
        }
        if (Forms.STYLE.matcher(text).find()) {
            notes.finding(
                    TextRules.ENTITIES,
                    Severity.MEDIUM,
                    0,
                    "The document has a style sheet fetched from elsewhere");
        }
        if (Forms.INCLUDE.matcher(text).find()) {
            notes.finding(TextRules.ENTITIES, Severity.HIGH, 0, "The document includes others");
        }
    }

    /// Compiled when the first such file is met: the list of analysers is made at every start.
    private static final class Forms {
        /// Elements that a page, or a document in Markdown, starts with.
        static final Set<String> HTML =
                Set.of(
                        "a", "b", "big", "br", "center", "details", "div", "em", "font", "h1", "h2",
                        "h3", "h4", "hr", "i", "img", "li", "ol", "p", "picture", "pre", "span",
                        "strong", "sub", "summary", "sup", "table", "ul", "video");

        /// A token on the first line, behind it a number or nothing.
        static final Pattern TOKEN =
                Pattern.compile("<([^<>\\s!?/]{1,40}+)>(?:[ \\t]-?[\\d.]++)?\\r?\\n");

        /// A word without blanks, behind it a number or nothing.
        static final Pattern WORD = Pattern.compile("\\S*+(?:[ \\t]++-?[\\d.e-]++)?\\s*+");

        static final Pattern DECLARATION = Pattern.compile("<!(?:ENTITY|DOCTYPE)|<\\?xml");

        static final Pattern EXTERNAL =
                Pattern.compile(
                        "<!(ENTITY|DOCTYPE)\\b[^<>\\[]*?\\b(SYSTEM|PUBLIC)\\b",
                        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

        /// A document type as its makers publish it, which readers have at hand.
        static final Pattern KNOWN_TYPE =
                Pattern.compile(
                        "<!DOCTYPE\\s+[\\w:.-]+\\s+(PUBLIC\\s+(\"[^\"<>]*\"|'[^'<>]*')|SYSTEM(?=\\s+[\"']about:legacy-compat))\\s*+"
                                + "([\"'](about:legacy-compat|https?://(www\\.(w3|oasis-open|docbook|apple|freedesktop|dmg)\\.(org|com)|docbook\\.org|java\\.sun\\.com)/[\\w./-]*)[\"'])?\\s*[\\[>]",
                        Pattern.CASE_INSENSITIVE);

        static final Pattern ENTITY = Pattern.compile("<!ENTITY\\b", Pattern.CASE_INSENSITIVE);
        static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE\\b", Pattern.CASE_INSENSITIVE);
        static final Pattern ROOT = Pattern.compile("<([A-Za-z][\\w.:-]*)");
        static final Pattern LIBRARY =
                Pattern.compile(
                        "(?i)\\b(library|plugin|extension|impl)\\s*=\\s*\"(?<what>[^\"]+\\.(so|dll|dylib|py)[^\"]*)\"");
        static final Pattern LAYER = Pattern.compile("<layer\\b[^<>]{0,2000}>");
        static final Pattern TYPE = Pattern.compile("\\btype\\s*=\\s*[\"']([^\"']*)");
        static final Pattern OPERATOR_SET = Pattern.compile("\\bversion\\s*=\\s*[\"']([^\"']*)");
        static final Pattern INCLUDE =
                Pattern.compile("(?i)<xi:include\\b|<xsl:(import|include|script)\\b");
        static final Pattern STYLE =
                Pattern.compile(
                        "(?is)<\\?xml-stylesheet\\b[^>]{0,500}\\bhref\\s*=\\s*[\"'](https?|ftp|file):");
        static final Pattern FILE_OF_LAYER =
                Pattern.compile(
                        "(?i)\\b(path|file|filename|location|weights|library)\\s*=\\s*[\"']"
                                + "(?<what>(/|~|[a-z]:[\\\\/]|\\\\\\\\|(\\.\\.[\\\\/])|file:)[^\"']{0,300})");
        static final Pattern NATIVE_CODE =
                Pattern.compile(
                        "(?i)\\b[\\w:.-]{1,80}\\s*=\\s*[\"']"
                                + "(?<what>(?:\\.\\.[\\\\/]|/|~|[a-z]:[\\\\/])[^\"'<>]{0,300}\\.(?:so|dll|dylib))[\"']");
        static final Pattern UNPACKED =
                Pattern.compile(
                        "(?i)\\b(?:eval|Function|document\\.write)\\s*\\(\\s*(?:window\\.)?(?:atob|unescape|decodeURIComponent\\s*\\(\\s*escape\\s*\\(\\s*atob|String\\.fromCharCode)\\s*\\(");
        static final Pattern LOCAL_FILE =
                Pattern.compile(
                        "(?i)\\bfile:/{1,3}(etc|root|home|proc|windows|users|[a-z]:)[/\\\\][^\\s\"'<>]{1,100}");

        private Forms() {}
    }
}
