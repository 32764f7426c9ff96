package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The storages that a pickle of PyTorch asks for by persistent ids: `("storage", type, key,
/// location, count)` (torch, `serialization.py`, `persistent_load`).
public final class StorageClaims implements PickleEvents {
    private static final int MOST = 100_000;
    private static final int PARTS = 5;

    /// One of them.
    ///
    /// @param key of the member that holds it
    /// @param type such as `FloatStorage`
    /// @param count how many numbers
    public record Claim(String key, String type, long count) {}

    private final List<Claim> claims = new ArrayList<>();

    private StorageClaims() {}

    /// Those of one pickle, as far as it goes.
    public static List<Claim> of(ByteSource pickle) throws IOException {
        StorageClaims heard = new StorageClaims();
        try {
            Interpreter.strict(new ByteReader(pickle), heard).run();
        } catch (FormatException _) {
            // What is wrong with the pickle is told where it is judged.
        }
        return List.copyOf(heard.claims);
    }

    @Override
    public void persistent(Value id, long offset) {
        if (!(id instanceof Group group)
                || group.items().size() != PARTS
                || claims.size() >= MOST) {
            return;
        }
        List<Value> parts = group.items();
        if (parts.get(0) instanceof Value.Text word
                && word.value().equals("storage")
                && parts.get(1) instanceof Imported type
                && parts.get(2) instanceof Value.Text key
                && parts.get(4) instanceof Value.Whole count) {
            claims.add(new Claim(key.value(), type.name(), count.value()));
        }
    }

    @Override
    public void imported(Imported name) {}

    @Override
    public void called(Made made, Value result) {}

    @Override
    public void stateSet(Value object, Value state, long offset) {}

    @Override
    public void itemsPut(Value object, String method, long offset) {}

    @Override
    public void extension(long code, long offset) {}

    @Override
    public void data(Value value, long offset) {}

    @Override
    public void named(String key, Value value, long offset) {}

    @Override
    public void odd(long offset, String message) {}

    @Override
    public void broken(long offset, String message) {}
}
