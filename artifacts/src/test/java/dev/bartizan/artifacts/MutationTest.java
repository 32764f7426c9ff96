package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Mutations of malicious pickles that leave the payload in place by construction: other opcodes
/// for the same values, opcodes that change nothing, other ways to call, other surroundings. None
/// may turn the verdict to clean.
class MutationTest {
    private static final int PER_SEED = 200;
    private static final List<String[]> PAYLOADS =
            List.of(
                    new String[] {"os", "system"}, new String[] {"posix", "system"},
                    new String[] {"subprocess", "check_output"}, new String[] {"builtins", "eval"},
                    new String[] {"builtins", "exec"}, new String[] {"runpy", "run_path"},
                    new String[] {"torch.hub", "load"}, new String[] {"webbrowser", "open"});

    static Stream<Long> seeds() {
        return IntStream.range(0, 20).mapToObj(i -> 0xBA57L * (i + 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPayloadInOtherClothesIsNeverClean(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PER_SEED; i++) {
            byte[] pickle = dressed(random);
            assertThat(Scans.verdict(pickle))
                    .as("seed %s, case %s: %s", seed, i, HexFormat.of().formatHex(pickle))
                    .isEqualTo(Verdict.MALICIOUS);
        }
    }

    /// What stands behind the call ran after it: whatever happens there, the payload has run.
    @ParameterizedTest
    @MethodSource("seeds")
    void bytesBehindThePayloadCannotHideIt(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PER_SEED; i++) {
            byte[] call =
                    Pickles.protocol(2 + random.nextInt(4)).call("os", "system", "id").bytes();
            byte[] tail = new byte[random.nextInt(40)];
            random.nextBytes(tail);
            byte[] all = PickleScanTest.joined(call, tail);
            assertThat(Scans.verdict(all))
                    .as("seed %s, case %s: %s", seed, i, HexFormat.of().formatHex(all))
                    .isEqualTo(Verdict.MALICIOUS);
        }
    }

    /// Any change of an archive that leaves the bytes of the member alone.
    @ParameterizedTest
    @MethodSource("seeds")
    void changedHeadersOfAnArchiveCannotHideThePayload(long seed) {
        Random random = new Random(seed);
        byte[] payload = Pickles.calling("os", "system");
        byte[] zip = Scans.zip(Map.of("archive/data.pkl", payload));
        int from = 30 + "archive/data.pkl".length();
        for (int i = 0; i < PER_SEED; i++) {
            byte[] mutated = zip.clone();
            int changes = 1 + random.nextInt(4);
            for (int k = 0; k < changes; k++) {
                int at = random.nextInt(mutated.length);
                if (at < from || at >= from + payload.length) {
                    mutated[at] = (byte) random.nextInt(256);
                }
            }
            assertThat(Scans.scan("model.pt", mutated).verdict())
                    .as("seed %s, case %s: %s", seed, i, HexFormat.of().formatHex(mutated))
                    .isNotEqualTo(Verdict.CLEAN);
        }
    }

    /// Structural mutations that may also destroy the payload: bytes changed, opcodes inserted and
    /// taken out, parts repeated, moved and spliced between two samples. Whether the payload is
    /// still there, {@link ReferencePickle} decides, which shares no code with the scanner: where
    /// it would call the function, the verdict must not be clean.
    @Test
    void mutationsThatKeepThePayloadAreNeverClean() {
        int most = Integer.getInteger("bartizan.mutations", 20_000);
        long seed = Long.getLong("bartizan.mutations.seed", 0xBA27L);
        Random random = new Random(seed);
        int kept = 0;
        for (int i = 0; i < most; i++) {
            byte[] mutated = bare(random);
            int steps = 1 + random.nextInt(3);
            for (int k = 0; k < steps; k++) {
                mutated = mutated(mutated, random);
            }
            if (!ReferencePickle.calls(mutated)) {
                continue;
            }
            kept++;
            Verdict verdict = Scans.scan("model.pkl", mutated).verdict();
            assertThat(verdict)
                    .as("seed %s, case %s: %s", seed, i, HexFormat.of().formatHex(mutated))
                    .isIn(Verdict.MALICIOUS, Verdict.SUSPICIOUS);
        }
        System.out.println(most + " mutations, " + kept + " kept the payload, none was clean");
        assertThat(kept).as("mutations that kept the payload").isGreaterThan(most / 5);
    }

    private static byte[] bare(Random random) {
        Pickles pickle = Pickles.protocol(random.nextInt(6));
        noise(pickle, random);
        payload(pickle, random);
        noise(pickle, random);
        return pickle.stop();
    }

    private static byte[] mutated(byte[] pickle, Random random) {
        int at = random.nextInt(pickle.length + 1);
        int length = random.nextInt(Math.min(12, pickle.length - at + 1));
        byte[] head = Arrays.copyOf(pickle, at);
        byte[] tail = Arrays.copyOfRange(pickle, at, pickle.length);
        return switch (random.nextInt(7)) {
            case 0 -> changed(pickle, random);
            case 1 -> joined(head, inserted(random), tail);
            case 2 -> joined(head, Arrays.copyOfRange(tail, length, tail.length));
            case 3 -> joined(head, Arrays.copyOf(tail, length), tail);
            case 4 -> joined(head, bare(random));
            case 5 -> joined(bare(random), tail);
            default -> joined(tail, head);
        };
    }

    private static byte[] changed(byte[] pickle, Random random) {
        byte[] copy = pickle.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    /// An opcode or two that leave something on the stack, in the memo or at a mark.
    private static byte[] inserted(Random random) {
        Pickles pickle = new Pickles();
        noise(pickle, random);
        return pickle.ops(
                        List.of("N", "(", "2", "0", ")", "]", "q\u0001", "h\u0001", "K\u0005", "}")
                                .get(random.nextInt(10)))
                .bytes();
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = PickleScanTest.joined(all, part);
        }
        return all;
    }

    private static byte[] dressed(Random random) {
        Pickles pickle = Pickles.protocol(random.nextInt(6));
        int wraps = random.nextInt(4);
        for (int i = 0; i < wraps; i++) {
            pickle.ops("](");
            noise(pickle, random);
        }
        noise(pickle, random);
        payload(pickle, random);
        noise(pickle, random);
        for (int i = 0; i < wraps; i++) {
            noise(pickle, random);
            pickle.ops("e");
        }
        byte[] one = pickle.stop();
        return switch (random.nextInt(4)) {
            case 0 -> PickleScanTest.joined(Pickles.protocol(2).text("first").stop(), one);
            case 1 -> PickleScanTest.joined(one, Pickles.protocol(2).text("last").stop());
            case 2 -> Scans.zip(Map.of("m" + random.nextInt(100), one));
            default -> one;
        };
    }

    private static void payload(Pickles pickle, Random random) {
        String[] names = PAYLOADS.get(random.nextInt(PAYLOADS.size()));
        switch (random.nextInt(5)) {
            case 0 -> {
                name(pickle, names, random);
                noise(pickle, random);
                pickle.text("marker").op(0x85).op('R');
            }
            case 1 -> {
                name(pickle, names, random);
                pickle.ops("(");
                noise(pickle, random);
                pickle.text("marker").ops("tR");
            }
            case 2 -> {
                pickle.ops("(");
                name(pickle, names, random);
                pickle.text("marker").ops("o");
            }
            case 3 -> pickle.ops("(").text("marker").ops("i" + names[0] + "\n" + names[1] + "\n");
            default -> {
                int slot = 100 + random.nextInt(100);
                name(pickle, names, random);
                pickle.ops("q").op(slot).ops("0h").op(slot).text("marker").op(0x85).op('R');
            }
        }
    }

    private static void name(Pickles pickle, String[] names, Random random) {
        if (random.nextBoolean()) {
            pickle.global(names[0], names[1]);
            return;
        }
        text(pickle, names[0], random);
        if (random.nextBoolean()) {
            pickle.ops("qc");
        }
        text(pickle, names[1], random);
        pickle.op(0x93);
    }

    private static void text(Pickles pickle, String value, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> pickle.text(value);
            case 1 -> pickle.shortText(value);
            case 2 -> pickle.ops("V" + value + "\n");
            default -> pickle.op(0x8d).int64(value.length()).ops(value);
        }
    }

    /// Opcodes that leave the stack as it was.
    private static void noise(Pickles pickle, Random random) {
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(6)) {
                case 0 -> pickle.ops("N0");
                case 1 -> pickle.ops("K").op(7).ops("200");
                case 2 -> pickle.text("noise").ops("q").op(random.nextInt(90)).ops("0");
                case 3 -> pickle.ops("(NNN1");
                case 4 -> pickle.ops("})").op(0x86).ops("0");
                default -> pickle.ops("I" + random.nextInt(1000) + "\n0");
            }
        }
    }
}
