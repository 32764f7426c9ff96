package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardApprovalsTest {
    private static final String TALK =
            "{\"id\":\"%s\",\"principal\":\"%s\",\"tools\":[{\"type\":\"function\",\"function\":"
                    + "{\"name\":\"pay\",\"description\":\"Pays\"},\"x-bartizan\":{\"effect\":\"money\"}}],"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Pay 40 to Ana for lunch\"},"
                    + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"%s\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"pay\",\"arguments\":\"{\\\"to\\\":\\\"Ana\\\","
                    + "\\\"amount\\\":%s}\"}}]}]}\n";
    private static final String ASKS =
            "guard: 1\ntools:\n  rules:\n    - { tool: pay, verdict: ask }\n";

    @TempDir private Path folder = Path.of("");
    private Path talk = Path.of("");
    private Path policy = Path.of("");
    private Path approvals = Path.of("");

    @BeforeEach
    void write() throws IOException {
        talk = Files.writeString(folder.resolve("t.jsonl"), TALK.formatted("a", "ana", "c1", "40"));
        policy = Files.writeString(folder.resolve("p.yaml"), ASKS);
        approvals = folder.resolve("approvals.json");
    }

    private String check(Object... more) {
        return checked(talk, more).out();
    }

    private Ended checked(Path talks, Object... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of("guard", "check", "--transcript", talks, "--policy", policy));
        words.addAll(Arrays.asList(more));
        return Shell.run(words.toArray());
    }

    private Ended approve(Object... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                "guard",
                                "approve",
                                "--transcript",
                                talk,
                                "--policy",
                                policy,
                                "--by",
                                "bo",
                                "--approvals",
                                approvals));
        words.addAll(Arrays.asList(more));
        return Shell.run(words.toArray());
    }

    private static void refused(Ended ended, String... words) {
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(words).contains("mend:").doesNotContain("bug of ours");
    }

    @Test
    void anApprovalIsGoodOnceForTheVeryCall() throws IOException {
        assertThat(check("--approvals", approvals)).contains("\"verdict\":\"ask\"");
        Ended approved = approve("--call", "c1");
        assertThat(approved.code()).as(approved.err()).isZero();
        assertThat(approved.out()).contains("pay {\"amount\":40,\"to\":\"Ana\"}", "for       ana");
        String other = TALK.formatted("a", "ana", "c1", "41");
        Path changed = Files.writeString(folder.resolve("o.jsonl"), other);
        assertThat(checked(changed, "--approvals", approvals).out()).contains("\"ask\"");
        Path stranger =
                Files.writeString(
                        folder.resolve("s.jsonl"), TALK.formatted("a", "eve", "c1", "40"));
        assertThat(checked(stranger, "--approvals", approvals).out()).contains("\"ask\"");
        assertThat(check("--approvals", approvals))
                .contains("\"verdict\":\"allow\"", "approved by a person");
        assertThat(check("--approvals", approvals)).contains("\"verdict\":\"ask\"");
    }

    @Test
    void anotherVersionOfThePolicyAndTimeEndAnApproval() throws IOException {
        assertThat(approve("--call", "c1").code()).isZero();
        Files.writeString(policy, ASKS + "# changed\n");
        assertThat(check("--approvals", approvals)).contains("\"ask\"");
        assertThat(approve("--call", "c1", "--for", "0s").code()).isZero();
        assertThat(check("--approvals", approvals)).contains("\"ask\"");
    }

    @Test
    void onlyWhatIsAskedForCanBeApproved() throws IOException {
        refused(approve("--call", "c9"), "no call of that id");
        Files.writeString(
                talk,
                TALK.formatted("a", "ana", "c1", "40") + TALK.formatted("b", "ana", "c1", "5"));
        refused(approve("--call", "c1"), "2 calls have that id", "--conversation");
        assertThat(approve("--call", "c1", "--conversation", "b").code()).isZero();
        Files.writeString(policy, ASKS.replace("ask", "block"));
        refused(approve("--call", "c1", "--conversation", "a"), "verdict is block");
        refused(approve("--call", "c1", "--for", "soon"), "no time");
    }

    @Test
    void aFileThatIsNoListOfApprovalsApprovesNothing() throws IOException {
        for (String bad :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"approvals\":1}",
                        "{\"approvals\":1,\"given\":[{\"call\":\"x\",\"until\":9}]}",
                        "{\"approvals\":1,\"given\":[{\"call\":\""
                                + "0".repeat(64)
                                + "\",\"until\":99999999999999999}]}")) {
            Files.writeString(approvals, bad);
            refused(checked(talk, "--approvals", approvals), "approvals");
            refused(approve("--call", "c1"), "approvals");
        }
        Files.delete(approvals);
        Files.createSymbolicLink(approvals, folder.resolve("elsewhere"));
        refused(checked(talk, "--approvals", approvals), "no plain file");
    }

    @Test
    void twoAtOnceUseAnApprovalOnce() throws Exception {
        assertThat(approve("--call", "c1").code()).isZero();
        List<Callable<String>> both =
                List.of(
                        () -> check("--approvals", approvals),
                        () -> check("--approvals", approvals),
                        () -> check("--approvals", approvals));
        List<String> verdicts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Future<String> one : threads.invokeAll(both)) {
                verdicts.add(one.get().contains("\"verdict\":\"allow\"") ? "allow" : "ask");
            }
        }
        assertThat(verdicts).containsExactlyInAnyOrder("allow", "ask", "ask");
    }

    @Test
    void limitsOverTimeHoldOverConversationsForEachPrincipal() throws IOException {
        Files.writeString(
                policy,
                "guard: 1\ntools:\n  rules:\n    - { tool: pay, verdict: allow, max-calls: 2,"
                        + " max-amount: 100, per: 24h }\n");
        Path state = folder.resolve("spent.json");
        refused(checked(talk), "nowhere to count", "--state");
        assertThat(check("--state", state)).contains("\"allow\"");
        assertThat(check("--state", state)).as("the same call again").contains("\"allow\"");
        Path two =
                Files.writeString(
                        folder.resolve("2.jsonl"),
                        TALK.formatted("b", "ana", "c1", "50")
                                + TALK.formatted("c", "ana", "c1", "5")
                                + TALK.formatted("d", "bo", "c1", "5"));
        String[] lines = checked(two, "--state", state).out().split("\n", -1);
        assertThat(lines[0]).contains("\"allow\"");
        assertThat(lines[1]).contains("\"block\"", "more than 2 calls in 24 hours");
        assertThat(lines[2]).contains("\"allow\"");
        Path much =
                Files.writeString(folder.resolve("3.jsonl"), TALK.formatted("e", "bo", "c1", "96"));
        assertThat(checked(much, "--state", state).out())
                .contains("\"block\"", "more than 100.0 in 24 hours");
    }

    @Test
    void aStateThatCannotBeCountedLetsNothingThrough() throws IOException {
        Files.writeString(
                policy, "guard: 1\ntools:\n  rules:\n    - { tool: pay, max-calls: 2, per: 1h }\n");
        Path state = folder.resolve("spent.json");
        for (String bad :
                List.of("", "{", "{\"spent\":1}", "{\"spent\":1,\"calls\":[{\"amount\":-1}]}")) {
            Files.writeString(state, bad);
            refused(checked(talk, "--state", state), "state of limits");
        }
        Files.writeString(policy, Files.readString(policy).replace("1h", "soon"));
        refused(checked(talk, "--state", state), "is no time like");
    }
}
