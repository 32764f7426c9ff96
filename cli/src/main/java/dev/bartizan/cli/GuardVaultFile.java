package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.vault.SealedVault;
import dev.bartizan.guard.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A vault in a file, sealed with a key. It is written whole beside the old one and then takes its
/// place.
record GuardVaultFile(Path file, SecretKey key) {
    private static final long MAX_BYTES = 256L << 20;

    static GuardVaultFile of(Path file, Path keyFile) throws IOException {
        return new GuardVaultFile(file, new SecretKeySpec(GuardKeyFile.read(keyFile), "AES"));
    }

    boolean exists() {
        return Files.exists(file);
    }

    Vault open() throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw new UserError(
                    "There is no such vault",
                    file.toString(),
                    "Name the file that \"guard anonymise\" made.");
        }
        try {
            return SealedVault.open(Files.readAllBytes(file), key);
        } catch (SealedVault.Unopened e) {
            throw new UserError(
                    "The vault does not open: " + e.getMessage(),
                    file.toString(),
                    "Name the key file that it was sealed with.",
                    e);
        }
    }

    void save(Vault vault) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".new");
        try {
            Files.write(fresh, SealedVault.seal(vault, key));
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
