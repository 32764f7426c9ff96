package dev.bartizan.guard.classify;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;

/// Opens classifiers of one's own. Found by `ServiceLoader`, because the guard itself loads no
/// models.
public interface OwnClassifierSource {
    /// Opens the classifier in a folder, which is looked at before it is loaded.
    ///
    /// @param harmless its labels of harmless texts; empty for the usual names
    /// @throws UserError when it may not or cannot be loaded
    OwnClassifier open(Path folder, Set<String> harmless) throws IOException;

    /// The one that is installed; where there is none, one that refuses.
    static OwnClassifierSource installed() {
        return ServiceLoader.load(OwnClassifierSource.class)
                .findFirst()
                .orElse((folder, _) -> {
                    throw new UserError(
                            "Nothing is installed that could load a classifier",
                            folder.toString(),
                            "Use the command line, or leave the classifier out of the policy.");
                });
    }
}
