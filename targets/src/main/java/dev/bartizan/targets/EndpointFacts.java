package dev.bartizan.targets;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// What an endpoint's address alone tells. Sends nothing.
public final class EndpointFacts implements FactSource {
    /// Of every element that has an address.
    public EndpointFacts() {}

    @Override
    public String id() {
        return "endpoint-address";
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return EndpointReader.address(element).isPresent();
    }

    @Override
    public List<Fact> facts(AiSystem system, Element element) {
        String address = EndpointReader.address(element).orElse("");
        if (address.isEmpty()) {
            return List.of();
        }
        if (address.startsWith(EndpointReader.SIMULATED)) {
            return List.of(fact(element, "endpoint.simulated", "true"));
        }
        try {
            String scheme = URI.create(address).getScheme();
            return scheme == null
                    ? List.of()
                    : List.of(fact(element, "endpoint.scheme", scheme.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private Fact fact(Element element, String name, String value) {
        return new Fact(element.id(), name, value, id() + " at " + element.place(), false);
    }
}
