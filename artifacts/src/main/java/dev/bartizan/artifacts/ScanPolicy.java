package dev.bartizan.artifacts;

import dev.bartizan.core.Finding;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// What a house allows and forbids, with an owner and an end for every exception:
///
/// ```yaml
/// allow:
///   - { sha256: 9f2c…, owner: ml-platform, reason: reviewed by hand, until: 2027-03-31 }
///   - { callable: mypackage.Net, owner: ml-platform, reason: ours, until: 2027-03-31 }
///   - { signer: keys/ml-platform.pem, owner: ml-platform, until: 2027-03-31 }
/// deny:
///   - { format: pickle, reason: safetensors only }
/// ```
public final class ScanPolicy {
    private static final int MOST_BYTES = 1 << 20;
    private static final Set<String> KEYS =
            Set.of("sha256", "callable", "signer", "format", "owner", "reason", "until");
    private static final List<String> SUBJECTS = List.of("sha256", "callable", "signer", "format");

    private final List<Entry> allowed = new ArrayList<>();
    private final List<Entry> denied = new ArrayList<>();

    /// One line of a policy.
    ///
    /// @param what `sha256`, `callable`, `signer` or `format`
    /// @param value what it is about
    /// @param owner who answers for it
    /// @param reason why
    /// @param until last day it holds; empty for ever, which only denials may be
    public record Entry(
            String what, String value, String owner, String reason, Optional<LocalDate> until) {
        /// Whether it no longer holds.
        public boolean isExpired(LocalDate today) {
            return until.filter(today::isAfter).isPresent();
        }
    }

    /// Who tells whether a file bears the signature of a signer.
    public interface Signatures {
        /// Nobody signed anything.
        Signatures NONE = (_, _) -> false;

        /// Whether a file bears a signature.
        ///
        /// @param signer as the policy names it: a key or certificate, its path as in the policy
        boolean isSignedBy(String signer, FileReport file);
    }

    private ScanPolicy() {}

    /// Reads a policy.
    ///
    /// @throws UserError when it cannot be understood
    public static ScanPolicy read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw error(file, "it is larger than " + MOST_BYTES + " bytes");
        }
        ScanPolicy policy = new ScanPolicy();
        if (!(load(file) instanceof Map<?, ?> map)) {
            throw error(file, "it is no mapping with allow and deny");
        }
        for (Map.Entry<?, ?> part : map.entrySet()) {
            switch (String.valueOf(part.getKey())) {
                case "allow" -> policy.entries(part.getValue(), policy.allowed, true, file);
                case "deny" -> policy.entries(part.getValue(), policy.denied, false, file);
                default ->
                        throw error(
                                file,
                                "\""
                                        + part.getKey()
                                        + "\" is no part of a policy; allow and deny are");
            }
        }
        return policy;
    }

    private static @Nullable Object load(Path file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(false)
                        .setMaxAliasesForCollections(10)
                        .build();
        try {
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (CharacterCodingException _) {
            throw error(file, "it is not UTF-8");
        } catch (YamlEngineException | IllegalArgumentException e) { // the latter for odd tags
            throw error(
                    file, String.valueOf(e.getMessage()).lines().findFirst().orElse("broken YAML"));
        }
    }

    private void entries(Object list, List<Entry> into, boolean isAllowance, Path file) {
        if (!(list instanceof List<?> all)) {
            throw error(file, "allow and deny are lists");
        }
        for (Object each : all) {
            if (!(each instanceof Map<?, ?> map)) {
                throw error(file, "an entry is no mapping: " + each);
            }
            into.add(entry(map, isAllowance, file));
        }
    }

    private static Entry entry(Map<?, ?> map, boolean isAllowance, Path file) {
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw error(
                        file,
                        "\""
                                + key
                                + "\" is no key of an entry; known: sha256, callable, signer, format, owner, reason, until");
            }
        }
        List<String> subjects = SUBJECTS.stream().filter(map::containsKey).toList();
        if (subjects.size() != 1) {
            throw error(file, "an entry names one of sha256, callable, signer, format: " + map);
        }
        String owner = text(map, "owner");
        String until = text(map, "until");
        if (isAllowance && (owner.isEmpty() || until.isEmpty())) {
            throw error(file, "what is allowed needs owner and until: " + map);
        }
        if (isAllowance && subjects.getFirst().equals("format")) {
            throw error(file, "a format as such cannot be allowed, only denied: " + map);
        }
        if (!isAllowance && subjects.getFirst().equals("signer")) {
            throw error(file, "what a signer signed can be allowed, not denied: " + map);
        }
        try {
            Optional<LocalDate> end =
                    until.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(until));
            String value = text(map, subjects.getFirst());
            return new Entry(subjects.getFirst(), value, owner, text(map, "reason"), end);
        } catch (DateTimeException e) {
            throw error(file, "until is a date such as 2027-03-31, given \"" + until + "\"");
        }
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private static UserError error(Path file, String why) {
        return new UserError(
                "The policy cannot be used: " + why,
                file.toString(),
                "See `bartizan scan --help`.");
    }

    /// Whether digests of files are needed to apply it.
    public boolean needsDigests() {
        return allowed.stream()
                        .anyMatch(e -> e.what().equals("sha256") || e.what().equals("signer"))
                || denied.stream().anyMatch(entry -> entry.what().equals("sha256"));
    }

    /// Exceptions that no longer hold.
    public List<Entry> expired(LocalDate today) {
        return allowed.stream().filter(entry -> entry.isExpired(today)).toList();
    }

    /// The signers whose files are let pass, as the policy names them.
    public List<String> signers() {
        return allowed.stream()
                .filter(entry -> entry.what().equals("signer"))
                .map(Entry::value)
                .distinct()
                .toList();
    }

    /// The exception that covers a finding: its file's digest, the callable it is about, or who
    /// signed the file.
    public Optional<Entry> allows(
            FileReport file, Finding finding, LocalDate today, Signatures signatures) {
        return allowed.stream()
                .filter(entry -> !entry.isExpired(today))
                .filter(entry ->
                        switch (entry.what()) {
                            case "sha256" -> isDigest(entry, file);
                            case "signer" -> signatures.isSignedBy(entry.value(), file);
                            default ->
                                    finding.rule().startsWith("pickle-")
                                            && names(finding.message(), entry.value());
                        })
                .findFirst();
    }

    /// What forbids a file, whatever the scan found.
    public Optional<Entry> denies(FileReport file, LocalDate today) {
        return denied.stream()
                .filter(entry -> !entry.isExpired(today))
                .filter(entry ->
                        switch (entry.what()) {
                            case "sha256" -> isDigest(entry, file);
                            case "format" -> file.formats().contains(entry.value());
                            default -> file.reaches().contains("pickle-import " + entry.value());
                        })
                .findFirst();
    }

    private static boolean isDigest(Entry entry, FileReport file) {
        return file.sha256().filter(digest -> digest.hex().equals(entry.value())).isPresent();
    }

    /// Whether a message names a callable whole, not as a part of a longer name.
    private static boolean names(String message, String callable) {
        int at = message.indexOf(callable);
        while (at >= 0) {
            int end = at + callable.length();
            boolean startsWell = at == 0 || !isNamePart(message.charAt(at - 1));
            boolean endsWell = end == message.length() || !isNamePart(message.charAt(end));
            if (startsWell && endsWell) {
                return true;
            }
            at = message.indexOf(callable, at + 1);
        }
        return false;
    }

    private static boolean isNamePart(char c) {
        return Character.isJavaIdentifierPart(c) || c == '.';
    }
}
