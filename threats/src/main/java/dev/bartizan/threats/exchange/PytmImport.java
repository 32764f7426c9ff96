package dev.bartizan.threats.exchange;

import java.util.List;
import java.util.Optional;

/// The JSON of pytm.
final class PytmImport {
    private PytmImport() {}

    static Draft read(Plain root) {
        Draft draft = new Draft("pytm", root.required("name"));
        for (Plain boundary : root.at("boundaries").items()) {
            String name = boundary.required("name");
            draft.zone(
                    boundary,
                    name,
                    name,
                    DragonImport.trust(name),
                    boundary.text("inBoundary").orElse(""),
                    Optional.empty(),
                    boundary.besides("name", "inBoundary"));
        }
        for (Plain element : root.at("elements").items()) {
            String zone = element.text("inBoundary").orElse("");
            if (!zone.isEmpty() && !draft.zones().containsKey(zone)) {
                throw element.at("inBoundary").refuse("names no boundary: \"" + zone + "\"");
            }
            draft.part(
                    element,
                    element.required("name"),
                    element.required("name"),
                    element.text("__class__").orElse(""),
                    zone,
                    element.text("description").orElse(""),
                    Optional.empty(),
                    element.besides("name", "description", "inBoundary"));
        }
        for (Plain flow : root.at("flows").items()) {
            List<String> data =
                    flow.at("data").text().map(List::of).orElseGet(() -> flow.texts("data"));
            draft.way(
                    flow,
                    flow.required("source"),
                    flow.required("sink"),
                    flow.text("name").orElse(""),
                    data,
                    flow.besides("source", "sink", "name", "data"));
        }
        draft.carried().putAll(root.besides("name", "boundaries", "elements", "flows"));
        return draft;
    }
}
