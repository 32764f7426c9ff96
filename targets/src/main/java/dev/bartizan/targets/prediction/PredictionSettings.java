package dev.bartizan.targets.prediction;

import java.net.URI;
import java.util.List;
import java.util.OptionalDouble;

/// How a classifier behind HTTP is asked.
///
/// @param uri where rows go
/// @param protocol how they are wrapped
/// @param rowDims sizes of one example
/// @param template JSON in which `{rows}` stands for the rows; used by the protocol `json`
/// @param answer JSON pointer (RFC 6901) to the predictions; empty to look for them
/// @param classes names in order, where it answers with words; may be empty
/// @param token that goes with each request; empty for none
/// @param rowsPerRequest at most
/// @param perSecond most requests a second; empty for no limit
public record PredictionSettings(
        URI uri,
        PredictionProtocol protocol,
        List<Long> rowDims,
        String template,
        String answer,
        List<String> classes,
        String token,
        int rowsPerRequest,
        OptionalDouble perSecond) {
    /// What is sent when nobody says otherwise.
    public static final String TEMPLATE = "{\"instances\":" + PredictionRequest.SLOT + "}";

    public PredictionSettings {
        rowDims = List.copyOf(rowDims);
        classes = List.copyOf(classes);
        if (rowsPerRequest < 1) {
            throw new IllegalArgumentException("At least one row in a request");
        }
    }

    @Override
    public String toString() {
        return "PredictionSettings[" + uri + ", " + protocol + ", " + rowDims + "]";
    }
}
