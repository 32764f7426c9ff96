package dev.bartizan.targets.exposure;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Context;
import dev.bartizan.core.Element;
import dev.bartizan.core.Observation;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import dev.bartizan.targets.EndpointReader;
import dev.bartizan.targets.ShippedText;
import dev.bartizan.targets.Target;
import dev.bartizan.targets.TargetIdentity;
import dev.bartizan.targets.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks an endpoint a handful of bounded questions to see what it gives away and lets pass.
public final class EndpointExposureCheck implements Check {
    private static final int DEFAULT_OVERSIZE = 1 << 20;
    private static final int MAX_OVERSIZE = 16 << 20;
    private static final int MIN_OVERSIZE = 1 << 10;
    private static final int DEFAULT_BURST = 6;
    private static final int MAX_BURST = 10;
    private static final String PARAMETERS = "exposure/parameters.json";

    private final Targets targets;

    /// Of installed simulations and the environment's credentials.
    public EndpointExposureCheck() {
        this(Targets.installed());
    }

    /// @param targets what opens endpoints
    public EndpointExposureCheck(Targets targets) {
        this.targets = targets;
    }

    @Override
    public CheckCard card() {
        return new CheckCard(
                "endpoint-exposure",
                "What the endpoint gives away and lets pass",
                "1",
                ExposureClaims.ALL,
                CheckCard.Cost.SECONDS,
                CheckCard.Effects.NONE,
                Duration.ofDays(7),
                Optional.empty(),
                Optional.of(ShippedText.of(PARAMETERS)));
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return EndpointReader.address(element).isPresent();
    }

    @Override
    public Optional<TargetDigest> target(AiSystem system, Element element)
            throws IOException, InterruptedException {
        try (Target target = targets.open(element, 0)) {
            return TargetIdentity.of(target, system, element);
        }
    }

    @Override
    public List<Observation> run(AiSystem system, Element element, Context context)
            throws IOException, InterruptedException {
        int oversize =
                whole(context, "oversize-bytes", DEFAULT_OVERSIZE, MIN_OVERSIZE, MAX_OVERSIZE);
        int burst = whole(context, "burst", DEFAULT_BURST, 2, MAX_BURST);
        try (Target target = targets.open(element, context.seed())) {
            return new Exposure(target, element, context, oversize, burst).observations();
        }
    }

    private static int whole(Context context, String key, int usual, int least, int most) {
        int value = context.parameters().number(key).map(Number::intValue).orElse(usual);
        if (value < least || value > most) {
            throw new UserError(
                    key + " is " + value,
                    "checks: endpoint-exposure: " + key,
                    "Use " + least + " to " + most + ".");
        }
        return value;
    }
}
