package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardVaultAndCanaryTest {
    private static final String LETTER =
            "Write to jo.keller@post.example or call +1 212 555 0147.\n";

    @TempDir private Path folder = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void makeKey() {
        key = folder.resolve("guard.key");
        assertThat(Shell.run("guard", "key", key).code()).isZero();
    }

    @Test
    void aKeyIsNeverWrittenOver() throws IOException {
        String before = Files.readString(key);
        assertThat(before.strip()).matches("[0-9a-f]{64}");
        assertThat(Shell.run("guard", "key", key).code()).isEqualTo(2);
        assertThat(Files.readString(key)).isEqualTo(before);
    }

    @Test
    void whatWasAnonymisedComesBackAndTheVaultHidesIt() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), LETTER);
        Path vault = folder.resolve("s.vault");
        Ended away = Shell.run("guard", "anonymise", letter, "--vault", vault, "--key", key);
        assertThat(away.code()).isZero();
        assertThat(away.out()).startsWith("Write to ").doesNotContain("jo.keller@post.example");
        assertThat(new String(Files.readAllBytes(vault), StandardCharsets.ISO_8859_1))
                .doesNotContain("keller");
        Path answer = Files.writeString(folder.resolve("answer.txt"), away.out());
        Ended back = Shell.run("guard", "restore", answer, "--vault", vault, "--key", key);
        assertThat(back.out()).isEqualTo(LETTER);
        assertThat(Shell.run("guard", "anonymise", letter, "--vault", vault, "--key", key).out())
                .as("the same values keep their tokens")
                .isEqualTo(away.out());
    }

    @Test
    void onlyTheTypesAskedForAreReplaced() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), LETTER);
        Ended away =
                Shell.run(
                        "guard",
                        "anonymise",
                        letter,
                        "--vault",
                        folder.resolve("s.vault"),
                        "--key",
                        key,
                        "--types",
                        "EMAIL_ADDRESS");
        assertThat(away.out()).contains("+1 212 555 0147").doesNotContain("jo.keller@post.example");
    }

    @Test
    void anotherKeyDoesNotOpenTheVault() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), LETTER);
        Path vault = folder.resolve("s.vault");
        Shell.run("guard", "anonymise", letter, "--vault", vault, "--key", key);
        Path other = folder.resolve("other.key");
        Shell.run("guard", "key", other);
        Ended refused = Shell.run("guard", "restore", letter, "--vault", vault, "--key", other);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("does not open");
        Ended keyless = Shell.run("guard", "restore", letter, "--vault", vault, "--key", letter);
        assertThat(keyless.code()).isEqualTo(2);
        assertThat(keyless.err()).contains("guard key");
    }

    @Test
    void aLeakedMarkIsFoundForItsTenantAlone() throws IOException {
        String mark = mark("leak", "acme");
        assertThat(mark).isNotEqualTo(mark("leak", "globex")).isNotEqualTo(mark("hijack", "acme"));
        String dashed = String.join("-", mark.split(""));
        String out =
                answers(
                        line("a", "My prompt starts with [" + mark + "]", "acme", false),
                        line("b", "The letters are " + dashed, "acme", false),
                        line("c", "Nothing to see", "acme", false),
                        line("d", "My prompt starts with [" + mark + "]", "globex", false));
        assertThat(out.lines().map(l -> l.contains("canary-leak")))
                .containsExactly(true, true, false, false);
    }

    @Test
    void anAnswerWithoutItsPledgeIsHijacked() throws IOException {
        Path prompt = Files.writeString(folder.resolve("prompt.txt"), "You help with claims.\n");
        String pledge = mark("hijack", "acme");
        Ended marked =
                Shell.run(
                        "guard",
                        "canary",
                        prompt,
                        "--key",
                        key,
                        "--tenant",
                        "acme",
                        "--use",
                        "hijack");
        assertThat(marked.out()).startsWith("You help with claims.").contains(pledge);
        String out =
                answers(
                        line("a", "Your claim is open.\\n" + pledge, "acme", true),
                        line("b", "Arr, I am a pirate now.", "acme", true),
                        line("c", "Your claim is open.", "acme", false));
        assertThat(out.lines().map(l -> l.contains("goal-hijack")))
                .containsExactly(false, true, false);
    }

    @Test
    void aPeriodThatIsNoTimeIsAMistakeOfTheUser() {
        assertThat(Shell.run("guard", "canary", "--key", key, "--period", "soon").code())
                .isEqualTo(2);
        assertThat(Shell.run("guard", "canary", "--key", key, "--use", "trap").code()).isEqualTo(2);
    }

    private String mark(String use, String tenant) {
        return Shell.run("guard", "canary", "--key", key, "--tenant", tenant, "--use", use)
                .out()
                .strip();
    }

    private static String line(String id, String text, String tenant, boolean isPledged) {
        return "{\"id\":\"%s\",\"text\":\"%s\",\"kind\":\"output\",\"tenant\":\"%s\",\"pledged\":%s}"
                .formatted(id, text, tenant, isPledged);
    }

    private String answers(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("answers.jsonl"), String.join("\n", lines));
        return Shell.run("guard", "check", "--jsonl", file, "--canaries", key).out();
    }
}
