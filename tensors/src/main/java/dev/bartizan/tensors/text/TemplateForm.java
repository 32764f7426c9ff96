package dev.bartizan.tensors.text;

import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Optional;

/// Whether a `TemplateProcessing` part of a tokenizer names only marks that it also defines.
final class TemplateForm {
    private TemplateForm() {}

    /// What is wrong with it; empty when nothing is.
    static Optional<String> problem(Json part) {
        Json marks = part.get("special_tokens").orElse(new Json.Null());
        for (String template : List.of("single", "pair")) {
            if (!(part.get(template).orElse(new Json.Null()) instanceof Json.Items pieces)) {
                return Optional.of("has no list \"" + template + "\"");
            }
            for (Json piece : pieces.items()) {
                Optional<Json> mark = piece.get("SpecialToken");
                if (mark.isPresent() && !isDefined(mark.get(), marks)) {
                    return Optional.of("names a mark that it does not define");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isDefined(Json mark, Json marks) {
        Optional<String> id = mark.text("id");
        Optional<Json> defined = id.flatMap(marks::get);
        if (defined.isEmpty() || !defined.get().text("id").equals(id)) {
            return false;
        }
        return !defined.get().items("ids").isEmpty()
                && defined.get().items("ids").size() == defined.get().items("tokens").size();
    }
}
