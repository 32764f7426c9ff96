package dev.bartizan.core.run;

import static dev.bartizan.core.run.Samples.NOON;
import static dev.bartizan.core.run.Samples.RUNS_CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private static final RunOptions PLAIN = new RunOptions(Set.of(), false, false, 2);
    private static final RunOptions FRESH = new RunOptions(Set.of(), true, false, 2);
    private static final Outcome CLEARED = new Outcome.Cleared("all", List.of());

    private final Memory store = new Memory();
    private final AiSystem system = Samples.system("production", "a", "b");

    @Test
    void evidenceSaysWhereItComesFrom() throws Exception {
        run(new Fake("scan"), PLAIN);
        assertThat(store.evidence()).hasSize(2);
        assertThat(store.evidence().getFirst())
                .returns(
                        new Evidence.Source.OfCheck("scan", "1", ToolVersion.NUMBER),
                        Evidence::source)
                .returns(NOON.plus(Duration.ofDays(30)), Evidence::freshUntil)
                .returns(CLEARED, Evidence::outcome)
                .matches(e -> e.id().startsWith("E-"));
    }

    @Test
    void aSecondRunReusesWhatHolds() throws Exception {
        Fake check = new Fake("scan");
        run(check, PLAIN);
        run(check, PLAIN);
        assertThat(check.runs).hasValue(2);
        run(check, FRESH);
        assertThat(check.runs).hasValue(4);
    }

    @Test
    void whatAnotherVersionOfTheToolSawIsLookedAtAgain() throws Exception {
        Fake check = new Fake("scan");
        run(check, PLAIN);
        store.kept.replaceAll(
                piece -> Samples.from(new Evidence.Source.OfCheck("scan", "1", "0.0.9"), piece));
        run(check, PLAIN);
        assertThat(check.runs).hasValue(4);
    }

    @Test
    void aCheckSeesWhatItLeftWhenItLastFoundTheElementSound() throws Exception {
        AiSystem one = Samples.system("production", "a");
        Fake check = new Fake("scan");
        check.material = "first";
        run(one, check);
        assertThat(check.earlier).isEmpty();
        check.outcome = new Outcome.CouldNotTell("odd");
        check.material = "second";
        run(one, check);
        assertThat(check.earlier).isEqualTo("first a");
        run(one, check);
        assertThat(check.earlier).isEqualTo("first a");
        store.files.clear();
        run(one, check);
        assertThat(check.earlier).isEmpty();
        Fake other = new Fake("other");
        run(one, other);
        assertThat(other.earlier).isEmpty();
    }

    private void run(AiSystem of, Fake check) throws Exception {
        runner(of).run(Plan.of(of, List.of(check), false, RunListener.SILENT), FRESH);
    }

    @Test
    void changedBytesAreLookedAtAgain() throws Exception {
        Fake check = new Fake("scan");
        run(check, PLAIN);
        check.target = Optional.of(TargetDigest.pinned(Digest.of("changed"), "file"));
        run(check, PLAIN);
        assertThat(check.runs).hasValue(4);
    }

    @Test
    void whatFailedIsTriedAgain() throws Exception {
        Fake check = new Fake("scan");
        check.outcome = new Outcome.Failed("no");
        run(check, PLAIN);
        run(check, PLAIN);
        assertThat(check.runs).hasValue(4);
    }

    @Test
    void aCheckThatThrowsLeavesFailedEvidenceAndTheOthersGoOn() throws Exception {
        Fake bad = new Fake("bad");
        bad.thrown = Optional.of(new StackOverflowError("deep"));
        run(List.of(bad, new Fake("good")), PLAIN);
        assertThat(store.evidence()).hasSize(4);
        assertThat(store.evidence())
                .filteredOn(e ->
                        e.source()
                                .equals(
                                        new Evidence.Source.OfCheck(
                                                "bad", "1", ToolVersion.NUMBER)))
                .allSatisfy(e ->
                        assertThat(e.outcome())
                                .isEqualTo(new Outcome.Failed("StackOverflowError: deep")));
    }

    @Test
    void aMistakeOfTheUserIsToldInItsOwnWords() throws Exception {
        Fake bad = new Fake("bad");
        bad.mistake = Optional.of(new UserError("No token is set", "BOB_TOKEN", "Set it."));
        run(bad, PLAIN);
        assertThat(store.evidence().getFirst().outcome())
                .isEqualTo(new Outcome.Failed("No token is set (BOB_TOKEN)"));
    }

    @Test
    void aClaimThatIsNotOnTheCardIsRefused() {
        Fake check = new Fake("scan");
        check.claim = Samples.IS_PINNED;
        assertThatThrownBy(() -> run(check, PLAIN)).hasMessageContaining("not on its card");
    }

    @Test
    void effectsHappenOnlyInStaging() throws Exception {
        Fake check = new Fake("scan");
        check.effects = CheckCard.Effects.CHANGES_STATE;
        List<String> notes = run(check, PLAIN);
        assertThat(check.runs).hasValue(0);
        assertThat(notes).hasSize(2).first().asString().contains("\"production\"");
        Plan plan =
                Plan.of(Samples.system("staging", "a"), List.of(check), false, RunListener.SILENT);
        runner(Samples.system("staging", "a")).run(plan, PLAIN);
        assertThat(check.runs).hasValue(1);
    }

    @Test
    void onlyTheChecksAskedForRun() throws Exception {
        Fake one = new Fake("one");
        Fake two = new Fake("two");
        run(List.of(one, two), new RunOptions(Set.of("two"), false, false, 1));
        assertThat(one.runs).hasValue(0);
        assertThat(two.runs).hasValue(2);
    }

    @Test
    void checksRunSideBySide() throws Exception {
        Fake check = new Fake("scan");
        CountDownLatch bothRunning = new CountDownLatch(2);
        check.before =
                () -> {
                    bothRunning.countDown();
                    bothRunning.await();
                };
        run(check, PLAIN);
        assertThat(check.runs).hasValue(2);
    }

    @Test
    void anInterruptedRunKeepsWhatHadEnded() throws Exception {
        Fake check = new Fake("scan");
        Thread runner = Thread.currentThread();
        check.before =
                () -> {
                    if (check.runs.get() == 2) {
                        runner.interrupt();
                        new CountDownLatch(1).await();
                    }
                };
        RunOptions oneByOne = new RunOptions(Set.of(), false, false, 1);
        assertThatThrownBy(() -> run(check, oneByOne)).isInstanceOf(InterruptedException.class);
        assertThat(store.evidence()).hasSize(1);
    }

    private List<String> run(Check check, RunOptions options) throws Exception {
        return run(List.of(check), options);
    }

    private List<String> run(List<Check> checks, RunOptions options) throws Exception {
        return runner(system)
                .run(Plan.of(system, checks, options.isThorough(), RunListener.SILENT), options);
    }

    private Runner runner(AiSystem of) {
        return new Runner(of, store, Clock.fixed(NOON, ZoneOffset.UTC), RunListener.SILENT);
    }

    private static final class Memory implements EvidenceStore {
        private final List<Evidence> kept = new ArrayList<>();
        private final Map<Digest, byte[]> files = new HashMap<>();

        @Override
        public synchronized Optional<byte[]> kept(Evidence.Attachment attachment) {
            return Optional.ofNullable(files.get(attachment.digest()));
        }

        @Override
        public synchronized List<Evidence> evidence() {
            return List.copyOf(kept);
        }

        @Override
        public synchronized Evidence.Attachment keep(RawMaterial material) {
            files.put(Digest.of(material.bytes()), material.bytes());
            return new Evidence.Attachment(material.name(), Digest.of(material.bytes()));
        }

        @Override
        public synchronized void append(List<Evidence> pieces) {
            kept.addAll(pieces);
        }
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private static final class Fake implements Check {
        private final String id;
        private final AtomicInteger runs = new AtomicInteger();
        private volatile Outcome outcome = CLEARED;
        private volatile dev.bartizan.core.Claim claim = RUNS_CODE;
        private volatile CheckCard.Effects effects = CheckCard.Effects.NONE;
        private volatile Optional<Error> thrown = Optional.empty();
        private volatile String material = "";
        private volatile String earlier = "";
        private volatile Optional<UserError> mistake = Optional.empty();
        private volatile Step before = () -> {};
        private volatile Optional<TargetDigest> target =
                Optional.of(TargetDigest.pinned(Samples.THESE_BYTES, "file"));

        Fake(String id) {
            this.id = id;
        }

        @Override
        public CheckCard card() {
            return new CheckCard(
                    id,
                    "fake",
                    "1",
                    List.of(RUNS_CODE),
                    CheckCard.Cost.SECONDS,
                    effects,
                    Duration.ofDays(30),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public boolean isApplicable(AiSystem of, Element element) {
            return true;
        }

        @Override
        public Optional<TargetDigest> target(AiSystem of, Element element) {
            return target;
        }

        @Override
        public List<Observation> run(AiSystem of, Element element, Context context)
                throws InterruptedException, IOException {
            runs.incrementAndGet();
            earlier =
                    context.earlier()
                            .material(".txt")
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .orElse("");
            before.take();
            if (thrown.isPresent()) {
                throw thrown.get();
            }
            if (mistake.isPresent()) {
                throw mistake.get();
            }
            return List.of(new Observation(claim, outcome, "seen", List.of(), material(element)));
        }

        private List<RawMaterial> material(Element element) {
            return material.isEmpty()
                    ? List.of()
                    : List.of(
                            RawMaterial.text("m.txt", "text/plain", material + " " + element.id()));
        }
    }
}
