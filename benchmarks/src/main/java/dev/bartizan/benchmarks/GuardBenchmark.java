package dev.bartizan.benchmarks;

import dev.bartizan.guard.Guard;
import dev.bartizan.guard.Judgement;
import dev.bartizan.guard.Kind;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.rules.RuleScanner;
import dev.bartizan.guard.rules.RuleScanner.Fired;
import dev.bartizan.guard.text.Normalised;
import dev.bartizan.guard.text.Normaliser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The guard on prose: its deterministic stages, and all of them. Percentiles over single calls;
/// `-prof gc` adds the allocation of a call.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class GuardBenchmark {
    private static final int TEXTS = 32;

    /// Characters of a text.
    @Param({"2048", "65536", "1048576"})
    int length;

    private final Guard guard = Guard.shipped();
    private final Normaliser normaliser = new Normaliser();
    private final RuleScanner rules = new RuleScanner(RulePack.shipped());
    private final String[] texts = new String[TEXTS];
    private int next;

    /// Makes the texts.
    @Setup
    public void texts() {
        int count = length > 100_000 ? 2 : TEXTS;
        for (int i = 0; i < TEXTS; i++) {
            texts[i] = i < count ? Prose.of(length, i) : texts[i % count];
        }
    }

    private String text() {
        next = (next + 1) % TEXTS;
        return texts[next];
    }

    /// Normaliser, lexicon and rules.
    @Benchmark
    public List<Fired> normaliserAndRules() {
        Normalised readable = normaliser.normalise(text());
        String plain = readable.plain().text();
        return rules.scan(plain, Lexicon.shipped().find(plain), true);
    }

    /// Every stage.
    @Benchmark
    public Judgement wholePipeline() {
        return guard.judge(Part.of(Kind.UNKNOWN, text()));
    }
}
