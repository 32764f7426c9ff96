package dev.bartizan.guard.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.SpoofChecker;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LookAlikesTest {
    @Test
    void shippedTableIsWhatIcuAndTheCharacterNamesSay() {
        Map<Integer, String> fresh = FoldTableGenerator.table();
        assertThat(fresh).hasSizeGreaterThan(2000);
        fresh.forEach((point, target) -> assertThat(LookAlikes.of(point)).isEqualTo(target));
    }

    @Test
    void foldedWordsAreConfusableWithTheirOriginalsByIcu() {
        SpoofChecker checker = new SpoofChecker.Builder().build();
        String latin = "apple scope";
        for (String disguised : new String[] {"аррӏе ѕсоре", "ａｐｐｌｅ ｓｃｏｐｅ", "αpple scοpe"}) {
            String folded = new Normaliser().normalise(disguised).plain().text();
            assertThat(checker.getSkeleton(folded)).isEqualTo(checker.getSkeleton(latin));
        }
    }
}
