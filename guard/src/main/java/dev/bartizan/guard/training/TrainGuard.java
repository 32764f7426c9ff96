package dev.bartizan.guard.training;

import dev.bartizan.guard.classify.LinearModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Trains the model that ships on everything but the reserved part of the corpora.
public final class TrainGuard {
    private TrainGuard() {}

    /// Writes the model.
    ///
    /// @param args folder of the corpus, file for the model
    public static void main(String[] args) throws IOException {
        LinearModel model = Evaluate.train(Evaluate.prepare(Path.of(args[0])), _ -> true, false);
        Files.write(Path.of(args[1]), model.toBytes());
    }
}
