package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python source and shell scripts beside weights, TorchScript source in archives: what they would
/// do when something runs them.
public final class ScriptAnalyser implements FormatAnalyser {
    private static final Pattern PYTHON =
            Pattern.compile(
                    "(?m)^\\s*(from\\s+[\\w.]+\\s+import\\s|import\\s+[\\w.]+\\s*([;,#]|$|as\\s)|def\\s+\\w+\\s*\\(|class\\s+\\w+\\s*[(:])");
    private static final Pattern FENCED = Pattern.compile("(?ms)^\\s*```.*?^\\s*```");

    /// Operators that reach outside the model, by their names.
    private static final String OPERATOR =
            "\\bops\\.(aten\\.(save|from_file|load)\\b"
                    + "|\\w*(file|exec|system|save|load|shell|command|python|socket|http)\\w*\\.\\w+"
                    + "|(?!(aten|prim|quantized|torchvision|torchaudio)\\.)\\w+\\.\\w*(file|exec|system|save|load"
                    + "|shell|command|run|eval|write|open|socket|http|download)\\w*)\\s*\\(";

    private static final Pattern OPERATORS =
            Pattern.compile("\\bops\\.aten\\.(save|from_file|load)\\s*\\(");
    private static final Pattern TORCHSCRIPT =
            Pattern.compile(OPERATOR + "|\\btorch\\.(save|load|from_file|hub)\\b");

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
        if (first == '{' || first == '[' || first == '<' || first == 0) {
            return false;
        }
        return TextContent.of(item).filter(text -> PYTHON.matcher(text).find()).isPresent();
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        notes.coverAll();
        String text = TextContent.of(item).orElse("");
        if (isProse(text)) {
            return;
        }
        Optional<String> attack = CodeInText.attack(text);
        if (attack.isPresent()) {
            notes.finding(
                    TextRules.CODE_BESIDE,
                    Severity.HIGH,
                    0,
                    "The program does what models never need: " + attack.get());
            return;
        }
        if (item.bytes().has(0, "#!")) {
            notes.finding(
                    TextRules.CODE_BESIDE,
                    item.depth() > 0 ? Severity.MEDIUM : Severity.LOW,
                    0,
                    "A script lies here");
            return;
        }
        torchScript(item, text, notes);
        CodeInText.inSource(text)
                .ifPresent(use ->
                        notes.finding(
                                TextRules.CODE_BESIDE,
                                use.severity(),
                                0,
                                "The program beside the weights runs commands or loads untrusted data: "
                                        + use.text()));
    }

    /// Whether the program stands only in fenced examples of a document.
    private static boolean isProse(String text) {
        return text.contains("```")
                && !text.startsWith("#!")
                && !PYTHON.matcher(FENCED.matcher(text).replaceAll("")).find();
    }

    /// TorchScript as archives hold it: typed Python that calls operators.
    private static void torchScript(Item item, String text, Notes notes) {
        String bare = CodeInText.bareSource(text);
        boolean isInArchive =
                (item.depth() > 0 && item.path().contains("/code/"))
                        || bare.contains("__torch__")
                        || bare.contains("__parameters__");
        Matcher torch = (isInArchive ? TORCHSCRIPT : OPERATORS).matcher(bare);
        if (torch.find()) {
            notes.finding(
                    TextRules.CODE_BESIDE,
                    Severity.HIGH,
                    torch.start(),
                    "The TorchScript program reaches files: " + torch.group());
        }
    }
}
