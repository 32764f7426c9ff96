package dev.bartizan.guard.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// A vault as bytes that only its key opens: AES-GCM (NIST SP 800-38D) with a fresh 96-bit nonce
/// for each sealing and a 128-bit tag over everything, the format's mark included.
public final class SealedVault {
    private static final byte[] MARK = "bartizan-vault-1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_BYTES = 256 << 20;

    private SealedVault() {}

    /// The bytes did not come from `seal` with this key, or were changed.
    public static final class Unopened extends RuntimeException {
        Unopened(String why, Throwable cause) {
            super(why, cause);
        }
    }

    /// Seals a session.
    ///
    /// @param key an AES key of 128 or 256 bits
    public static byte[] seal(Vault vault, SecretKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(MARK);
            byte[] hidden = cipher.doFinal(plain(vault));
            byte[] all = Arrays.copyOf(MARK, MARK.length + NONCE_BYTES + hidden.length);
            System.arraycopy(nonce, 0, all, MARK.length, NONCE_BYTES);
            System.arraycopy(hidden, 0, all, MARK.length + NONCE_BYTES, hidden.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key is no AES key", e);
        }
    }

    /// Opens a sealed session.
    ///
    /// @throws Unopened when the key is another one or the bytes were changed
    public static Vault open(byte[] sealed, SecretKey key) {
        int head = MARK.length + NONCE_BYTES;
        boolean isMarked =
                sealed.length > head
                        && sealed.length <= MAX_BYTES
                        && Arrays.equals(sealed, 0, MARK.length, MARK, 0, MARK.length);
        if (!isMarked) {
            throw new Unopened("not a sealed vault", new IOException("mark missing"));
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = Arrays.copyOfRange(sealed, MARK.length, head);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(MARK);
            return vault(cipher.doFinal(sealed, head, sealed.length - head));
        } catch (GeneralSecurityException e) {
            throw new Unopened("another key, or the bytes were changed", e);
        }
    }

    private static byte[] plain(Vault vault) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, vault.maker().key());
            Map<String, String> all = vault.all();
            out.writeInt(all.size());
            for (Map.Entry<String, String> entry : all.entrySet()) {
                write(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
                write(out, entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Vault vault(byte[] plain) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            Vault vault = new Vault(new TokenMaker(in.readNBytes(in.readInt())));
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                String value = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
                vault.keep(value, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            return vault;
        } catch (IOException e) {
            throw new Unopened("the sealed vault ends early", e);
        }
    }
}
