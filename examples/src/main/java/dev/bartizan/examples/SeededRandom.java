package dev.bartizan.examples;

/// Random numbers that are the same on every machine and in every year: SplitMix64 (G. L. Steele,
/// D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
final class SeededRandom {
    private static final double UNIT = 0x1.0p-53;

    private long state;

    SeededRandom(long seed) {
        state = seed;
    }

    private long bits() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// Uniform in [0, 1).
    double uniform() {
        return (bits() >>> 11) * UNIT;
    }

    /// Uniform whole number in 0..bound-1.
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    /// Whether something of this probability happens.
    boolean happens(double probability) {
        return uniform() < probability;
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller).
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }
}
