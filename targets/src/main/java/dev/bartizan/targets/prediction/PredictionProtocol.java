package dev.bartizan.targets.prediction;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/// How a classifier behind HTTP is asked.
public enum PredictionProtocol {
    /// Open Inference Protocol, version 2, as KServe, Triton, MLServer and TorchServe speak it.
    OIP_V2("oip-v2"),
    /// TensorFlow Serving's REST interface, which is also KServe's version 1.
    TENSORFLOW("tensorflow"),
    /// TorchServe's predictions: `instances` goes, whatever the handler makes of it comes back.
    TORCHSERVE("torchserve"),
    /// A document of the user's own.
    JSON("json");

    private final String word;

    PredictionProtocol(String word) {
        this.word = word;
    }

    /// Its word on the command line.
    public String word() {
        return word;
    }

    /// The protocol of that word.
    public static Optional<PredictionProtocol> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /// What an address most likely speaks: the path of each protocol is its own.
    public static PredictionProtocol usual(URI address) {
        String path = String.valueOf(address.getPath());
        if (path.contains("/v2/models/")) {
            return OIP_V2;
        }
        if (path.endsWith(":predict")) {
            return TENSORFLOW;
        }
        return path.contains("/predictions/") ? TORCHSERVE : JSON;
    }
}
