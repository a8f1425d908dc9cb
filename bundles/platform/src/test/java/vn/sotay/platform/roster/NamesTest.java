package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "PHẠM HỮU THÁI,Phạm Hữu Thái",
        "nguyễn thị ánh,Nguyễn Thị Ánh",
        "ĐỖ VĂN ĐẠT,Đỗ Văn Đạt",
        "Ðỗ Văn Ðạt,Đỗ Văn Đạt",
        "ÐỖ VĂN ÐẠT,Đỗ Văn Đạt",
        "'  Võ   Thanh  Dũng ',Võ Thanh Dũng",
        "Y-KHÔI,Y-Khôi",
        "H'MRƯA,H'Mrưa",
        "Nguyễn văn Nam,Nguyễn văn Nam",
    })
    void writesNamesProperly(String written, String name) {
        assertThat(Names.proper(written)).isEqualTo(name);
        assertThat(Names.proper(Normalizer.normalize(written, Normalizer.Form.NFD)))
                .isEqualTo(name);
    }

    @Test
    void leavesOutWhatIsNotSeen() {
        assertThat(Names.clean("\ufeffLê\u00a0Thị\u200b\tHoa\n")).isEqualTo("Lê Thị Hoa");
    }

    @ParameterizedTest
    @CsvSource({
        "HỒ THỊ QUYÊN,Hồ Thị Quyên,true",
        "Ho Thi Quyen,Hồ Thị Quyên,true",
        "Nguyễn Thị Hoà,Nguyễn Thị Hòa,true",
        "Ðỗ Đạt,Đỗ Đạt,true",
        "Hồ Thị Ráy,Nguyễn Thị Khánh,false",
    })
    void comparesNamesSpellingAside(String one, String other, boolean alike) {
        assertThat(Names.alike(one, other)).isEqualTo(alike);
    }

    @Test
    void knowsANameWithoutMarks() {
        assertThat(Names.isBare("Ho Thi Quyen")).isTrue();
        assertThat(Names.isBare("Hồ Thị Quyên")).isFalse();
    }
}
