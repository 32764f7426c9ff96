package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python source and shell scripts beside weights, TorchScript source in archives: what they would
/// do when something runs them.
public final class ScriptAnalyser implements FormatAnalyser {
    private static final Pattern PYTHON =
            Pattern.compile(
                    "(?m)^\\s*(from\\s+[\\w.]+\\s+import\\s|import\\s+[\\w.]+\\s*([;,#]|$|as\\s)|def\\s+\\w+\\s*\\(|class\\s+\\w+\\s*[(:])");
    private static final Pattern TORCHSCRIPT =
            Pattern.compile(
                    "\\b(ops\\.aten\\.(save|from_file|load)\\b|torch\\.(save|load|from_file|hub)\\b|ops\\.[a-z_]*(file|exec|system|save|load)[a-z_]*\\.?\\w*)\\s*\\(?");

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
        if (item.bytes().has(0, "#!")) {
            String bare = text.replaceAll("(?m)^\\s*#(?!!).*$", "");
            boolean isAlarming = CodeInText.call(bare).isPresent();
            notes.finding(
                    TextRules.CODE_BESIDE,
                    isAlarming || item.depth() > 0 ? Severity.MEDIUM : Severity.LOW,
                    0,
                    "A script lies here"
                            + CodeInText.call(bare).map(call -> ": " + call).orElse(""));
            return;
        }
        Matcher torch = TORCHSCRIPT.matcher(CodeInText.bareSource(text));
        boolean isTorchScript = text.contains("Module") && text.contains("def forward");
        if (isTorchScript && torch.find()) {
            notes.finding(
                    TextRules.CODE_BESIDE,
                    Severity.HIGH,
                    torch.start(),
                    "The TorchScript program reaches files: " + torch.group());
            return;
        }
        CodeInText.inSource(text)
                .ifPresent(use ->
                        notes.finding(
                                TextRules.CODE_BESIDE,
                                use.severity(),
                                0,
                                "The program beside the weights runs commands or loads untrusted data: "
                                        + use.text()));
    }
}
