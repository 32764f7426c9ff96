package dev.bartizan.guard.text;

import java.util.List;

/// Undoes one family of encodings wherever a view holds one.
interface Decoder {
    /// The stretches it can read, in order and without overlap. Time linear in the view.
    List<Replacement> find(View view);
}
