package dev.bartizan.guard.personal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormScannerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    write to jo.bloggs+x@mail.post.example now | EMAIL_ADDRESS | jo.bloggs+x@mail.post.example
                    card 4111 1111 1111 1111, thanks | CREDIT_CARD | 4111 1111 1111 1111
                    card 378282246310005 | CREDIT_CARD | 378282246310005
                    pay to DE89 3704 0044 0532 0130 00 today | IBAN_CODE | DE89 3704 0044 0532 0130 00
                    iban gb29nwbk60161331926819 | IBAN_CODE | gb29nwbk60161331926819
                    SSN 123-45-6789. | US_SSN | 123-45-6789
                    my social security number is 123456789 | US_SSN | 123456789
                    host 192.168.10.254 answers | IP_ADDRESS | 192.168.10.254
                    host 2001:db8::8a2e:370:7334 answers | IP_ADDRESS | 2001:db8::8a2e:370:7334
                    host d80:e4b5:79da:6cf6:71f3:51f7:9161:c319 | IP_ADDRESS | d80:e4b5:79da:6cf6:71f3:51f7:9161:c319
                    see https://www.shop.example/a?b=1. | DOMAIN_NAME | https://www.shop.example/a?b=1
                    born 3/23/1940 in | DATE_TIME | 3/23/1940
                    at 1993-01-04 14:56:41 | DATE_TIME | 1993-01-04 14:56:41
                    on March 3, 2021 we | DATE_TIME | March 3, 2021
                    on 3rd of May 2021 we | DATE_TIME | 3rd of May 2021
                    call +44 20 7946 0958 now | PHONE_NUMBER | +44 20 7946 0958
                    call (978)645-9740x11144 | PHONE_NUMBER | (978)645-9740x11144
                    fax 001-748-088-2851x818 | PHONE_NUMBER | 001-748-088-2851x818
                    CPF 529.982.247-25 | BR_CPF | 529.982.247-25
                    AHV 756.9217.0769.85 | CH_AHV | 756.9217.0769.85
                    NHS number 943 476 5919 | UK_NHS | 943 476 5919
                    my NINO is AB123456C | UK_NINO | AB123456C
                    DNI 12345678Z | ES_NIF | 12345678Z
                    fiscal code RSSMRA85T10A562S | IT_FISCAL_CODE | RSSMRA85T10A562S
                    hetu 131052-308T | FI_PERSONAL_IDENTITY_CODE | 131052-308T
                    pesel 44051401359 | PL_PESEL | 44051401359
                    id 11010519491231002X | CN_RESIDENT_ID | 11010519491231002X
                    bsn 111222333 | NL_BSN | 111222333
                    send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa | CRYPTO | 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
                    send to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq | CRYPTO | bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq
                    My driver's license number is 425700624 | US_DRIVER_LICENSE | 425700624
                    """)
    void formIsFoundWhereItStands(String text, String type, String value) {
        assertThat(FormScanner.scan(text))
                .filteredOn(place -> place.type().equals(type))
                .extracting(place -> text.substring(place.start(), place.end()))
                .containsExactly(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    order 4111 1111 1111 1112 shipped
                    release 1.2.3 of main.rs and App.java
                    v10.0.0.1 is a version
                    value 123456789 in the table
                    12 34 56 78
                    the ratio is 3/4 and 16:9
                    the May issue, the march of time
                    0x12 and 255.255.255.256
                    import java.util.List; foo::bar()
                    """)
    void otherNumbersAndNamesAreLeftAlone(String text) {
        assertThat(FormScanner.scan(text)).isEmpty();
    }

    @Test
    void placesNeverOverlapAndLieInsideTheText() {
        Random random = new Random(5);
        String signs = "0123456789 .-/:@()+xabcdefz\n\uD83D\uDE00é";
        for (int n = 0; n < 3_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 120; i++) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            List<Place> places = FormScanner.scan(text.toString());
            int end = 0;
            for (Place place : places) {
                assertThat(place.start()).isBetween(end, place.end() - 1);
                end = place.end();
            }
            assertThat(end).isLessThanOrEqualTo(text.length());
        }
    }
}
