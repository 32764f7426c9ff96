package dev.bartizan.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/// Signs a file as OpenSSF Model Signing 1.0 does, with a key made for the occasion.
public final class ModelSigner {
    private static final String TYPE = "application/vnd.in-toto+json";

    private final KeyPair pair;
    private final String algorithm;

    /// A signer with a key of its own.
    ///
    /// @param curve `secp256r1` or `secp384r1`
    public ModelSigner(String curve) {
        algorithm = curve.equals("secp256r1") ? "SHA256withECDSA" : "SHA384withECDSA";
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(curve, e);
        }
    }

    /// The public key in PEM.
    public String pem() {
        String base64 =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /// A bundle over one file.
    ///
    /// @param name its path, as it stands in JSON
    /// @param sha256 of its bytes, in hexadecimal digits
    public String bundle(String name, String sha256) {
        try {
            MessageDigest root = MessageDigest.getInstance("SHA-256");
            String subject = HexFormat.of().formatHex(root.digest(HexFormat.of().parseHex(sha256)));
            return sealed(statement(name, sha256, subject).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String statement(String name, String sha256, String root) {
        return """
        {"_type":"https://in-toto.io/Statement/v1",
         "subject":[{"name":"m","digest":{"sha256":"%s"}}],
         "predicateType":"https://model_signing/signature/v1.0",
         "predicate":{"serialization":{"method":"files","hash_type":"sha256"},
          "resources":[{"name":"%s","algorithm":"sha256","digest":"%s"}]}}
        """
                .formatted(root, name, sha256);
    }

    private String sealed(byte[] payload) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        String head = "DSSEv1 " + TYPE.length() + " " + TYPE + " " + payload.length + " ";
        signature.update(head.getBytes(StandardCharsets.UTF_8));
        signature.update(payload);
        return """
        {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",
         "verificationMaterial":{"publicKey":{}},
         "dsseEnvelope":{"payloadType":"%s","payload":"%s","signatures":[{"sig":"%s"}]}}
        """
                .formatted(
                        TYPE,
                        Base64.getEncoder().encodeToString(payload),
                        Base64.getEncoder().encodeToString(signature.sign()));
    }
}
