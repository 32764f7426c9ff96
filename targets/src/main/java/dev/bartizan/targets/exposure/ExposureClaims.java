package dev.bartizan.targets.exposure;

import dev.bartizan.core.Claim;
import java.util.List;

/// The claims that the exposure check settles.
final class ExposureClaims {
    static final Claim ANSWERS = new Claim("answers-without-credentials");
    static final Claim SCORES = new Claim("returns-scores");
    static final Claim NAMES = new Claim("errors-name-the-stack");
    static final Claim SIZE = new Claim("input-size-is-unbounded");
    static final Claim RATE = new Claim("rate-is-unbounded");

    static final List<Claim> ALL = List.of(ANSWERS, SCORES, NAMES, SIZE, RATE);

    private ExposureClaims() {}
}
