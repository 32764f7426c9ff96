package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Syntax;
import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/// Python source and shell scripts beside weights, TorchScript source in archives: what they would
/// do when something runs them.
public final class ScriptAnalyser implements FormatAnalyser {

    private static final String[] DOCUMENTS = {".md", ".markdown", ".rst", ".yml", ".yaml"};
    private static final int FIRST_LINES = 3;
    private static final int MOST_LINES = 2_000;
    private static final int LONGEST_SHELL = 4 << 20;

    private static final LazyPattern COMMENTS = LazyPattern.of("(?m)^[ \\t]*+(?:#[^\\n]*+)?\\n");
    private static final LazyPattern PYTHON =
            LazyPattern.of(
                    "(?m)^[ \\t]*(from\\s+[\\w.]+\\s+import\\s|import\\s+[\\w.]+\\s*([;,#]|$|as\\s)|def\\s+\\w+\\s*\\(|class\\s+\\w+\\s*[(:])");
    private static final LazyPattern PYTHON_FIRST =
            LazyPattern.of("\\A#!\\S{0,100}[/ ]{0,20}(env\\s+(-S\\s+)?)?\\S{0,100}python");
    private static final LazyPattern SENTENCE =
            LazyPattern.of(
                    "^[^#(){}=\\[\\]]{0,80}?\\b[A-Za-z']{1,20}+ [a-z']{1,20}+ [a-z']{1,20}+ [a-z']{1,20}+\\b|^(?=.{0,300}[a-z] )[A-Z0-9].{3,600}(?<=[.?!])$");
    private static final LazyPattern FENCED = LazyPattern.of("(?ms)^[ \\t]*```.*?^[ \\t]*```");

    /// Operators that reach outside the model, by their names.
    private static final String OPERATOR =
            "\\bops\\.(aten\\.(save|from_file|load)\\b|prim\\.rpc_\\w+"
                    + "|\\w*(file|exec|system|save|load|shell|command|python|socket|http)\\w*\\.\\w+"
                    + "|(?!(aten|prim|quantized|torchvision|torchaudio)\\.)\\w+\\.\\w*(file|exec|system|save|load"
                    + "|shell|command|run|eval|write|open|socket|http|download)\\w*)\\s*\\(";

    private static final LazyPattern OPERATORS =
            LazyPattern.of("\\bops\\.aten\\.(save|from_file|load)\\s*\\(");
    private static final LazyPattern TORCHSCRIPT =
            LazyPattern.of(OPERATOR + "|\\btorch\\.(save|load|from_file|hub)\\b");

    /// Made for the list of formats.
    public ScriptAnalyser() {}

    @Override
    public String format() {
        return "script";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        boolean isShell = item.bytes().has(0, "#!");
        if (isShell) {
            return true;
        }
        char first = TextContent.firstSign(item);
        boolean isNamed = item.hasEnding(".py", ".pyw") && first != 0;
        if (!isNamed && (first == '{' || first == '[' || first == '<' || first == 0)) {
            return false;
        }
        return TextContent.of(item)
                .filter(text ->
                        item.hasEnding(".py", ".pyw")
                                || (Finds.any(PYTHON.get(), text) && !isTalk(item, text)))
                .isPresent();
    }

    /// Whether a text with a line of Python in it is a table, or prose for a good part: rows of
    /// questions and answers quote programs.
    private static boolean isTalk(Item item, String text) {
        if (item.hasEnding(".tsv", ".csv")) {
            return true;
        }
        if (!item.hasEnding(".txt", ".text", ".log")) {
            return false;
        }
        long lines = text.lines().filter(line -> !line.isBlank()).limit(MOST_LINES).count();
        long talk =
                text.lines()
                        .filter(line -> !line.isBlank())
                        .limit(MOST_LINES)
                        .filter(line -> SENTENCE.matcher(line).find())
                        .count();
        return talk * 3 > lines;
    }

    /// Whether it is a source of Python by name and content; what looks like a setting or a
    /// template in its texts is one of the program's own.
    static boolean isSource(Item item, String text) {
        return item.hasEnding(".py", ".pyw") && Finds.any(PYTHON.get(), text);
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        notes.coverAll();
        String text = withLines(TextContent.of(item).orElse(""));
        if (isProse(item, text)) {
            return;
        }
        if (item.bytes().has(0, "#!") && !PYTHON_FIRST.matcher(text).find()) {
            shell(text, notes);
            return;
        }
        torchScript(item, text, notes);
        CodeInText.Judgement judged = CodeInText.judged(text, Severity.LOW, notes::checkTime);
        if (!judged.isWhole()) {
            notes.notCovered("the program is longer than what is followed of one");
        }
        if (item.hasEnding(".py", ".pyw")) {
            Syntax.defect(text)
                    .ifPresent(why -> notes.notCovered("the program does not parse: " + why));
        }
        Impostors.in(text)
                .ifPresent(found ->
                        notes.finding(
                                TextRules.CODE_BESIDE,
                                found.severity(),
                                0,
                                "The program does what models never need: it " + found.what()));
        judged.use()
                .ifPresent(use ->
                        notes.finding(
                                TextRules.CODE_BESIDE,
                                use.severity(),
                                0,
                                (use.severity().isAtLeast(Severity.HIGH)
                                                ? "The program does what models never need: "
                                                : "The program beside the weights runs commands or loads untrusted data: ")
                                        + use.text()));
    }

    /// A text in which every line ends as Python and shells see it, and every sign stays in its
    /// place.
    private static String withLines(String text) {
        boolean isOfOld = text.indexOf('\r') >= 0 && text.indexOf('\n') < 0;
        return isOfOld ? text.replace('\r', '\n') : text;
    }

    private static void shell(String text, Notes notes) {
        String said = text.length() > LONGEST_SHELL ? Finds.without(COMMENTS.get(), text) : text;
        if (said.length() > LONGEST_SHELL) {
            notes.notCovered("the script is longer than what is read of one");
            said = said.substring(0, LONGEST_SHELL);
        }
        Optional<String> attack = CodeInText.attack(said);
        Optional<String> odd = attack.isPresent() ? Optional.empty() : CodeInText.sabotage(said);
        Severity other = odd.isPresent() ? Severity.MEDIUM : Severity.LOW;
        notes.finding(
                TextRules.CODE_BESIDE,
                attack.isPresent() ? Severity.HIGH : other,
                0,
                attack.or(() -> odd)
                        .map(found -> "The program does what models never need: " + found)
                        .orElse("A script lies here"));
    }

    /// Where a program that is no document starts at the latest, but for comments.
    private static String firstLines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .limit(FIRST_LINES)
                .collect(Collectors.joining("\n"));
    }

    /// Whether the program stands only in examples of a document, or in settings: within fences, or
    /// in a file named as one that starts as no program does.
    private static boolean isProse(Item item, String text) {
        boolean isDocument = item.hasEnding(DOCUMENTS) && !text.startsWith("#!");
        if (isDocument && !PYTHON.matcher(firstLines(text)).find()) {
            return true;
        }
        return text.contains("```")
                && !text.startsWith("#!")
                && !Finds.any(PYTHON.get(), Finds.without(FENCED.get(), text));
    }

    /// TorchScript as archives hold it: typed Python that calls operators.
    private static void torchScript(Item item, String text, Notes notes) {
        String bare = CodeInText.bareSource(text);
        boolean isInArchive =
                (item.depth() > 0
                                && item.path().indexOf("/code/", item.path().indexOf('!') + 1) >= 0)
                        || bare.contains("__torch__")
                        || bare.contains("__parameters__");
        boolean mayReach = bare.contains("ops.") || (isInArchive && bare.contains("torch."));
        if (!mayReach) {
            return;
        }
        Finds torch = Finds.of(isInArchive ? TORCHSCRIPT.get() : OPERATORS.get(), bare);
        if (torch.find()) {
            notes.finding(
                    TextRules.CODE_BESIDE,
                    Severity.HIGH,
                    torch.start(),
                    "The TorchScript program reaches out of the model: " + torch.group());
        }
    }
}
