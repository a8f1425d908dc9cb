package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memos as statements of banks bear them; numbers and names are made up. */
class MemoTest {

    @Test
    void aMemoNamesAMonthAndNobody() {
        assertThat(Memo.of(YearMonth.of(2026, 9), "K7M3QX")).isEqualTo("DP0926 K7M3QX");
        assertThat(Memo.of(YearMonth.of(2030, 12), "K7M3QX")).isEqualTo("DP1230 K7M3QX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DP0926 K7M3QX",
                "dp0926 k7m3qx",
                "DP0926K7M3QX",
                "DP0926-K7M3QX",
                "DP 0926 K7M3QX",
                "DP09 26 K7M 3QX",
                "D P 0926 K7M3QX",
                "DP0926\nK7M3QX",
                "DP0926 K7M3\r\nQX",
                "DP09/26 K7M3QX",
                "DP09-2026 K7M3QX",
                "DPO926 K7M3QX",
                "ĐP0926 K7M3QX",
                "MBVCB.9912345678.DP0926 K7M3QX.CT tu 0071000000001 NGUYEN VAN A toi 9999000000001",
                "IBFT DP0926 K7M3QX",
                "REM               Tfr Ac: 10110000000001 DP0926 K7M3QX",
                "TKThe :19030000000001, tai Techcombank. DP0926 K7M3QX -CTLNHIDI000001-1/1-PMT-002",
                "QR - DP0926 K7M3QX- Ma GD ACSP/ AB123456",
                "FT26270000001 DP0926K7M3QX TRACE 567890",
                "020097042209151234562026ABCD123456.DP0926 K7M3QX",
                "NGUYEN THI B chuyen tien DP0926 K7M3QX",
                "Chuyển tiền đảng phí DP0926 K7M3QX",
                "CT DEN:626500000001 DP0926 K7M3QX; ND: 1",
                "ZP6H5K00001 DP0926 K7M3QX GD 626500-092626 10:15:00",
                "DP0926 CK K7M3QX",
                "DP0926 FT26270 K7M3QX",
                "MOMO-CASHIN-0900000001-DP0926_K7M3QX",
                "THANH TOAN QR DP0926 K7M3QX ORDERID12345",
                "K7M3QX DP0926",
            })
    void aRequestIsFoundInWhatABankMakesOfIt(String memo) {
        assertThat(Memo.codes(memo)).contains("K7M3QX");
    }

    @ParameterizedTest
    @CsvSource({
        "DPO926 OAIBO5, 0A1B05",
        "dp1126 0albo5, 0A1B05",
        "DPI026 9X9YIX, 9X9Y1X",
    })
    void whatWasTypedByHandIsRead(String memo, String code) {
        assertThat(Memo.codes(memo)).containsExactly(code);
    }

    @Test
    void oneTransferForSeveral() {
        assertThat(Memo.codes("DP0926 K7M3QX DP1026 2N4PRV")).containsExactly("K7M3QX", "2N4PRV");
        assertThat(Memo.codes("DP0926 K7M3QX 2N4PRV H8T0WN")).containsExactly("K7M3QX", "2N4PRV", "H8T0WN");
        assertThat(Memo.codes("DP0926K7M3QX2N4PRV")).containsExactly("K7M3QX", "2N4PRV");
        assertThat(Memo.codes("DP0926 K7M3QX, K7M3QX")).containsExactly("K7M3QX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NGUYEN VAN A chuyen tien",
                "Dang phi thang 9",
                "DANG PHI QUY 3 2026",
                "K7M3QX",
                "CK K7M3QX",
                "DP0926",
                "DP0926 K7M3Q",
                "DP0926 K7M3QY",
                "DP0926 7KM3QX",
                "DP0926 123454",
                "DP K7M3QX",
                "DP9926 K7M3",
                "DP2026 TIEN NHA",
                "FT26270000001 TRACE 567890",
                "TRA LAI TAI KHOAN DDA - 9999000000001",
                "0900000001 nop tien dien 092026",
                "DPM 0926 chi tra co tuc",
            })
    void whatIsNotOurs(String memo) {
        assertThat(Memo.codes(memo)).isEqualTo(List.of());
    }
}
