package dev.bartizan.guard.inputs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// Watches what each client asks, for the two patterns of black-box attacks: queries much closer to
/// one another than honest ones (a search around one input; the idea of Chen, Carlini and Wagner,
/// Stateful Detection of Black-Box Adversarial Attacks, 2019, over hashed sketches as in Li et al.,
/// Blacklight, 2022), and many queries spread over more of the input space than its users need,
/// with answers near the border (extraction). Memory: at most {@link #MAX_CLIENTS} clients of some
/// twenty kilobytes each; the client longest silent goes first. Queries themselves are not kept.
/// Safe for use by several threads.
public final class QueryWatch {
    /// Most clients watched.
    public static final int MAX_CLIENTS = 4_096;

    private static final int SKETCHES = 128;
    private static final int HASHES = 16;
    private static final int ALIKE = 4;
    private static final int CELLS = 8_192;
    private static final int PLANES = 13;

    private final double step;
    private final Limits limits;
    private final long seed;
    private final Map<String, Client> clients =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Client> eldest) {
                    return size() > MAX_CLIENTS;
                }
            };

    /// When a client is suspicious.
    ///
    /// @param window queries looked at together, at least 20
    /// @param similarShare share of them that are near another one, 0..1
    /// @param gainShare share of them that teach something new: a cell of the input space not asked
    ///   before, with an answer nearer the border than 0.3, 0..1
    public record Limits(int window, double similarShare, double gainShare) {
        /// Limits that honest traffic of independent inputs does not reach.
        public static final Limits USUAL = new Limits(100, 0.3, 0.5);

        /// Checks the ranges.
        public Limits {
            boolean isGood =
                    window >= 20
                            && window <= SKETCHES
                            && similarShare > 0
                            && similarShare <= 1
                            && gainShare > 0
                            && gainShare <= 1;
            if (!isGood) {
                throw new IllegalArgumentException(
                        "window is 20 to 128, shares are above 0 and at most 1");
            }
        }
    }

    /// What a client's queries look like.
    public enum Pattern {
        /// Nothing strange.
        USUAL,
        /// A search around an input.
        SEARCH,
        /// Gathering answers to copy the model.
        EXTRACTION;

        /// The name as written in output.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A watch.
    ///
    /// @param step what features are rounded to before hashing: changes below it do not count
    /// @param seed secret, so that nobody can aim between sketches
    public QueryWatch(double step, Limits limits, long seed) {
        this.step = step;
        this.limits = limits;
        this.seed = seed;
    }

    /// Takes note of a query and its answer.
    ///
    /// @param input features `[d]`
    /// @param answer class probabilities `[c]`
    public Pattern see(String client, double[] input, double[] answer) {
        long[] sketch = sketch(input);
        int cell = cell(input);
        double margin = margin(answer);
        synchronized (clients) {
            Client one = clients.computeIfAbsent(client, _ -> new Client());
            return one.see(sketch, cell, margin < 0.3, limits);
        }
    }

    /// How many clients are watched.
    public int clients() {
        synchronized (clients) {
            return clients.size();
        }
    }

    /// The smallest of the hashes of runs of neighbouring rounded features: near inputs share many.
    private long[] sketch(double[] input) {
        int run = Math.clamp(input.length / 8, 1, 16);
        long[] hashes = new long[Math.max(1, input.length - run + 1)];
        for (int from = 0; from < hashes.length; from++) {
            long hash = seed ^ from;
            for (int i = from; i < Math.min(input.length, from + run); i++) {
                hash = mix(hash ^ Math.round(input[i] / step));
            }
            hashes[from] = hash;
        }
        Arrays.sort(hashes);
        return Arrays.copyOf(hashes, Math.min(HASHES, hashes.length));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    /// The side of thirteen random planes that the input lies on.
    private int cell(double[] input) {
        SplittableRandom random = new SplittableRandom(seed);
        int cell = 0;
        for (int plane = 0; plane < PLANES; plane++) {
            double sum = 0;
            for (double feature : input) {
                sum += feature * (2 * random.nextDouble() - 1);
            }
            cell = (cell << 1) | (sum > 0 ? 1 : 0);
        }
        return cell;
    }

    private static double margin(double[] answer) {
        double best = 0;
        double second = 0;
        for (double p : answer) {
            if (p > best) {
                second = best;
                best = p;
            } else {
                second = Math.max(second, p);
            }
        }
        return best - second;
    }

    /// The recent sketches of a client, and what of its queries was near or new.
    private static final class Client {
        private final long[][] sketches = new long[SKETCHES][];
        private final java.util.BitSet near = new java.util.BitSet(SKETCHES);
        private final java.util.BitSet telling = new java.util.BitSet(SKETCHES);
        private final java.util.BitSet cells = new java.util.BitSet(CELLS);
        private int count;

        Pattern see(long[] sketch, int cell, boolean isAtBorder, Limits limits) {
            int at = count % SKETCHES;
            near.set(at, isNear(sketch));
            telling.set(at, isAtBorder && !cells.get(cell));
            cells.set(cell);
            sketches[at] = sketch;
            count++;
            if (count < limits.window()) {
                return Pattern.USUAL;
            }
            int nearOnes = 0;
            int tellingOnes = 0;
            for (int i = 1; i <= limits.window(); i++) {
                int index = Math.floorMod(count - i, SKETCHES);
                nearOnes += near.get(index) ? 1 : 0;
                tellingOnes += telling.get(index) ? 1 : 0;
            }
            if (nearOnes >= limits.similarShare() * limits.window()) {
                return Pattern.SEARCH;
            }
            return tellingOnes >= limits.gainShare() * limits.window()
                    ? Pattern.EXTRACTION
                    : Pattern.USUAL;
        }

        private boolean isNear(long[] sketch) {
            int kept = Math.min(count, SKETCHES);
            for (int i = 0; i < kept; i++) {
                int wanted = Math.max(1, Math.min(ALIKE, sketch.length / 2));
                if (shared(sketch, sketches[i]) >= wanted) {
                    return true;
                }
            }
            return false;
        }

        private static int shared(long[] a, long[] b) {
            int i = 0;
            int j = 0;
            int shared = 0;
            while (i < a.length && j < b.length) {
                int order = Long.compare(a[i], b[j]);
                shared += order == 0 ? 1 : 0;
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
            return shared;
        }
    }
}
