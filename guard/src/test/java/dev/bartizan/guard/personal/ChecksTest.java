package dev.bartizan.guard.personal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChecksTest {
    @Test
    void oneChangedDigitBreaksACardNumber() {
        assertThat(Checks.luhn("4111111111111111")).isTrue();
        assertThat(Checks.luhn("4111111111111112")).isFalse();
        assertThat(Checks.luhn("0000000000000000")).isFalse();
    }

    @Test
    void ibanAgreesWithArithmeticOnLargeNumbers() {
        Random random = new Random(9);
        for (int i = 0; i < 500; i++) {
            String iban =
                    "DE"
                            + (10 + random.nextInt(89))
                            + (100000000000000000L + random.nextLong(100000000000000000L));
            BigInteger turned = new BigInteger(iban.substring(4) + "1314" + iban.substring(2, 4));
            assertThat(Checks.iban(iban))
                    .isEqualTo(turned.mod(BigInteger.valueOf(97)).intValue() == 1);
        }
        assertThat(Checks.iban("GB29NWBK60161331926819")).isTrue();
    }

    @Test
    void rangesOfNumbersAndAddressesAreKept() {
        assertThat(Checks.ssn("123456789")).isTrue();
        assertThat(Checks.ssn("666456789")).isFalse();
        assertThat(Checks.ssn("123006789")).isFalse();
        assertThat(Checks.ipv4("10.0.0.255")).isTrue();
        assertThat(Checks.ipv4("10.0.0.256")).isFalse();
    }
}
