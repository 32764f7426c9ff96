package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pickles of protocols 0 to 5: single, one behind another, with data behind them (legacy PyTorch,
/// joblib), nested in one another.
public final class PickleAnalyser implements FormatAnalyser {
    /// Name of the format.
    public static final String FORMAT = "pickle";

    private static final int MOST_STREAMS = 10_000;

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return Sniffing.isPickle(item.bytes(), item.name());
    }

    /// Whether bytes that should be plain numbers, a tensor's say, are a pickle after all.
    public static boolean isPickleAmongNumbers(ByteSource bytes) throws IOException {
        return Sniffing.isPickleAmongNumbers(bytes);
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        new Streams(item.bytes(), notes, 0).run(MOST_STREAMS);
    }

    /// One source of bytes with its pickles.
    static final class Streams {
        private final ByteSource bytes;
        private final Notes notes;
        private final int depth;
        private final ByteReader in;

        Streams(ByteSource bytes, Notes notes, int depth) {
            this.bytes = bytes;
            this.notes = notes;
            this.depth = depth;
            this.in = new ByteReader(bytes);
        }

        void run(int mostStreams) throws IOException {
            TorchLegacy legacy = new TorchLegacy();
            for (int i = 0; i < mostStreams; i++) {
                long start = in.position();
                Reading reading = new Reading();
                Interpreter interpreter = Interpreter.forgiving(in, reading);
                @Nullable FormatException failure = null;
                @Nullable Value result = null;
                try {
                    result = interpreter.run();
                    if (reading.isActive()) {
                        reading.account().result(in.position() - 1, result);
                    }
                } catch (FormatException e) {
                    failure = e;
                }
                report(reading, start, failure);
                if (failure != null || result == null) {
                    restAfterFailure(start, failure);
                    return;
                }
                notes.cover(start, in.position());
                legacy.saw(result, reading.storagesOfOld());
                missing(legacy);
                Optional<Long> storagesEnd = legacy.storagesEnd(bytes, in.position());
                if (storagesEnd.isPresent()) {
                    notes.format("pytorch-legacy", true);
                    notes.cover(in.position(), storagesEnd.get());
                    in.seek(storagesEnd.get());
                }
                if (in.remaining() == 0) {
                    return;
                }
                if (!Sniffing.isPickle(bytes.slice(in.position(), in.remaining()), "")) {
                    trailing();
                    return;
                }
            }
            notes.notCovered("more than " + mostStreams + " pickles one behind another");
        }

        /// A PyTorch file of old that breaks off between two of its pickles.
        private void missing(TorchLegacy legacy) {
            boolean isLast = in.remaining() == 0 || legacy.isComplete();
            legacy.missing(in.remaining())
                    .filter(_ -> isLast)
                    .ifPresent(what ->
                            notes.broken(
                                    PickleRules.BROKEN,
                                    Severity.MEDIUM,
                                    in.position(),
                                    "The file breaks off: there are only " + what));
        }

        private void report(Reading reading, long start, @Nullable FormatException failure)
                throws IOException {
            if (failure != null) {
                reading.brokeOff();
            }
            reading.reaches().forEach(notes::reaches);
            reading.needs().forEach(notes::need);
            new NestedPickles(notes, depth).lookInto(reading);
            for (Concern concern : reading.concerns()) {
                if (concern.rule().equals(PickleRules.AMBIGUOUS)
                        || concern.rule().equals(PickleRules.BROKEN)) {
                    notes.broken(
                            concern.rule(),
                            concern.severity(),
                            concern.offset(),
                            concern.message());
                } else if (concern.severity() != Severity.INFO) {
                    notes.finding(
                            concern.rule(),
                            concern.severity(),
                            concern.offset(),
                            concern.message());
                }
            }
            if (reading.isActive() || failure != null) {
                notes.explain(
                        notes.item().path()
                                + ", pickle at "
                                + start
                                + " to "
                                + in.position()
                                + ":\n  "
                                + String.join("\n  ", reading.account().lines())
                                + "\n"
                                + (failure == null
                                        ? ""
                                        : "  stops at "
                                                + failure.offset()
                                                + ": "
                                                + failure.what()
                                                + "\n"));
            }
        }

        private void restAfterFailure(long start, @Nullable FormatException failure)
                throws IOException {
            if (failure == null) {
                return;
            }
            switch (failure.kind()) {
                case LIMIT ->
                        notes.broken(
                                PickleRules.LIMIT,
                                Severity.MEDIUM,
                                failure.offset(),
                                failure.what());
                case UNSUPPORTED -> notes.notCovered(failure.what());
                case BROKEN, TRUNCATED ->
                        notes.broken(
                                PickleRules.BROKEN,
                                Severity.MEDIUM,
                                failure.offset(),
                                failure.kind() == FormatException.Kind.TRUNCATED
                                        ? "The pickle ends without STOP: " + failure.what()
                                        : failure.what());
            }
            notes.cover(start, failure.offset());
            Embedded.report(bytes, start + 1, notes);
        }

        private void trailing() throws IOException {
            notes.finding(
                    PickleRules.TRAILING,
                    Severity.LOW,
                    in.position(),
                    in.remaining() + " bytes stand behind the pickle");
            Notes behind =
                    notes.member(
                            "behind-the-pickle",
                            bytes.slice(in.position(), in.remaining()),
                            in.position(),
                            bytes.size());
            if (behind.formats().isEmpty() || behind.formats().equals(java.util.List.of("text"))) {
                notes.notCovered("bytes behind the pickle that no reader knows");
            }
        }
    }
}
