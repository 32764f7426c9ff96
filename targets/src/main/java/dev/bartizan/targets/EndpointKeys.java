package dev.bartizan.targets;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.util.List;

/// The keys of an element that say how to reach and handle its endpoint.
public final class EndpointKeys implements SchemaSource {
    /// Without options.
    public EndpointKeys() {}

    @Override
    public List<SchemaFragment> fragments() {
        return BoundedJson.MAPPER
                .readTree(ShippedText.of("element-keys.json"))
                .properties()
                .stream()
                .map(entry ->
                        new SchemaFragment(
                                SchemaFragment.Place.ELEMENT,
                                entry.getKey(),
                                entry.getValue().toString()))
                .toList();
    }
}
