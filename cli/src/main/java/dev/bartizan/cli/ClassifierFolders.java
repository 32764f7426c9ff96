package dev.bartizan.cli;

import dev.bartizan.guard.classify.OwnClassifier;
import dev.bartizan.guard.classify.OwnClassifierSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;

/// Opens text classifiers that lie in folders: the scanner looks first.
public final class ClassifierFolders implements OwnClassifierSource {
    /// Found by `ServiceLoader`.
    public ClassifierFolders() {}

    @Override
    public OwnClassifier open(Path folder, Set<String> harmless) throws IOException {
        return LoadedClassifier.open(folder, harmless, OptionalInt.empty());
    }
}
