package dev.bartizan.examples;

import dev.bartizan.examples.Checkpoints.Weights;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The generated files of every example, in memory.
public final class ExampleFiles {
    static final int TRAINING_ROWS = 12_000;
    static final int SAMPLE_ROWS = 400;
    static final int CSV_ROWS = 800;

    private static final long SEED = 20_260_302;
    private static final String ECHO =
            "echo 'planted by the example: loading this file ran a command'";

    private ExampleFiles() {}

    /// Content by path below the folder of the examples.
    public static Map<String, byte[]> all() {
        Map<String, byte[]> files = new TreeMap<>();
        claimsDesk(files);
        cleanDesk(files);
        return files;
    }

    static Table claims() {
        return ClaimsHistory.rows(TRAINING_ROWS + SAMPLE_ROWS, SEED);
    }

    static Network fraudNetwork(Table claims) {
        return Network.train(
                claims.slice(0, TRAINING_ROWS),
                new Network.Training(List.of(16, 8, 2), 20, 0.03, SEED + 1));
    }

    static Table tickets() {
        return TicketHistory.rows(2000 + 200, SEED + 2);
    }

    static Network urgencyNetwork(Table tickets) {
        return Network.train(
                tickets.slice(0, 2000), new Network.Training(List.of(8, 2), 20, 0.05, SEED + 3));
    }

    private static void claimsDesk(Map<String, byte[]> files) {
        Table claims = claims();
        Table samples = claims.slice(TRAINING_ROWS, TRAINING_ROWS + SAMPLE_ROWS);
        String at = "claims-desk/";
        files.put(at + "data/claims.csv", claims.slice(0, CSV_ROWS).csv("fraud"));
        files.put(at + "data/x.npy", samples.inputs());
        files.put(at + "data/y.npy", samples.labelArray());
        files.put(
                at + "data/features.yaml",
                samples.featureDescription(
                        "Columns of x.npy, in order. Costs are per unit, for the claimant.",
                        "EUR"));
        files.put(
                at + "models/fraud.onnx",
                OnnxWriter.bytes(fraudNetwork(claims).toOnnx("fraud", "claim", "probability")));
        files.put(
                at + "models/vendor-embeddings.pt",
                Checkpoints.torchArchive(
                        "vendor-embeddings",
                        List.of(
                                Weights.random("embedding.weight", SEED + 4, 256, 32),
                                Weights.random("projection.weight", SEED + 5, 16, 32),
                                Weights.random("projection.bias", SEED + 6, 16))));
        files.put(
                at + "models/scoring.pkl",
                Checkpoints.pickleThatCalls(ECHO, 0.12, 0.35, 0.5, 0.72, 0.9));
    }

    private static void cleanDesk(Map<String, byte[]> files) {
        Table tickets = tickets();
        Table samples = tickets.slice(2000, 2200);
        byte[] model =
                OnnxWriter.bytes(
                        urgencyNetwork(tickets).toOnnx("urgency", "ticket", "probability"));
        files.put("quickstart/model.onnx", model);
        files.put("quickstart/x.npy", samples.inputs());
        files.put("quickstart/y.npy", samples.labelArray());
        String at = "clean-desk/";
        files.put(at + "data/x.npy", samples.inputs());
        files.put(at + "data/y.npy", samples.labelArray());
        files.put(at + "data/features.yaml", samples.featureDescription("Columns of x.npy.", ""));
        files.put(at + "models/urgency.onnx", model);
        files.put(
                at + "models/topics.safetensors",
                Checkpoints.safetensors(
                        List.of(
                                Weights.random("topics.weight", SEED + 7, 24, 16),
                                Weights.random("topics.bias", SEED + 8, 24))));
    }
}
