import { PersonalDataKind } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scrubText } from "./scrub.ts";

const scrubbed = (text: string) => scrubText(text, PersonalDataKind.options).text;

describe("personal data in English and Chinese", () => {
  it.each([
    ["Write to jane.doe+news@mail.example.co.uk, please.", "Write to <EMAIL>, please."],
    ["我的邮箱是zhang_san99@qq.com，谢谢", "我的邮箱是<EMAIL>，谢谢"],
    ["<a href='mailto:bob@example.org'>", "<a href='mailto:<EMAIL>'>"],
    ["Call (202) 555-0143 or 202-555-0143 x", "Call <PHONE> or <PHONE> x"],
    ["Fax: 202.555.0143. Or +1 202 555 0143!", "Fax: <PHONE>. Or <PHONE>!"],
    ["My cell is 2025550143", "My cell is <PHONE>"],
    ["London: 020 7946 0958, +44 7911 123456", "London: <PHONE>, <PHONE>"],
    ["手机13812345678，或138-1234-5678", "手机<PHONE>，或<PHONE>"],
    ["请拨打+86 138 1234 5678联系", "请拨打<PHONE>联系"],
    ["座机010-62345678，传真（021）55551234", "座机<PHONE>，传真<PHONE>"],
    ["0571-88776655转8001", "<PHONE>"],
    ["电话：62345678901 不是，电话号码是01062345678", "电话：62345678901 不是，电话号码是<PHONE>"],
    ["身份证号11010519491231002X", "身份证号<ID>"],
    ["身份证号码：110105194912310021", "身份证号码：110105194912310021"],
    ["老身份证号是130503670401001。", "老身份证号是<ID>。"],
    ["SSN 078-05-1120", "SSN <ID>"],
    ["Card 4111 1111 1111 1111, exp 12/27", "Card <CARD>, exp 12/27"],
    ["Amex 378282246310005", "Amex <CARD>"],
    ["银行卡6222021234567890128，谢谢", "银行卡<CARD>，谢谢"],
    ["IBAN GB82 WEST 1234 5698 7654 32 today", "IBAN <IBAN> today"],
    ["from 203.0.113.77:8080, 172.16.254.3/24", "from <IP>:8080, <IP>/24"],
    ["服务器地址 8.8.4.4", "服务器地址 <IP>"],
    ["inet6 2001:db8:85a3::8a2e:370:7334", "inet6 <IP>"],
    ["git clone https://bob:s3cret@git.example.org/x.git", "git clone https://<CREDENTIALS>@git.example.org/x.git"],
    [
      "GET https://api.example.org/v1?api_key=abc123&page=2",
      "GET https://api.example.org/v1?api_key=<CREDENTIALS>&page=2",
    ],
  ])("%s", (text, expected) => {
    expect(scrubbed(text)).toBe(expected);
  });

  it("takes no ordinary number for personal data", () => {
    const ordinary = [
      "In 2024-01-15 and 15.01.2024, at 12:30:45, on 20240115; 2020-2024.",
      "Version 1.2.3.4, v10.15.7.2, node 20.11.0, section 3.2.1.4, build 10.0.19041.388",
      "ISBN 978-7-302-51234-8, ISBN-10 0-306-40615-2, ISBN 9787302512348, DOI 10.1000/182",
      "2147483647, 4294967296, 1234567890, 3.14159265358979, 6.02214076e23, 1,234,567.89",
      "1700000000000 ms, 1700000000 s, $1234567890, order 20240115000123, 2^31 = 2147483648",
      "圆周率3.1415926535，共1234567890元，订单号202401150001234567，人口1411778724人，邮编100084",
      "第12345678号，2024年1月15日，13:00-14:00，QQ群",
      "localhost 127.0.0.1 and 0.0.0.0, router 192.168.1.1, std::vector<int>::iterator, a::b::c, 12:34:56:78",
      "react@18.2.0, @user, a @ b, user@localhost, C++11, ISO 8601-1:2019, 100-200-3000 items",
      "4111 1111 1111 1112, 1234 5678 9012 3456, 000-12-3456, 123456789012345678",
      "https://example.org/a?page=2&token_count=5, http://host:8080/x@y",
      "MD5 d41d8cd98f00b204e9800998ecf8427e, 550e8400-e29b-41d4-a716-446655440000, AB12 CD34",
      "16 - 24 - 32 = -40, 555 1234, 911, 110, 10086, 3 000 000 000",
    ];
    expect(ordinary.filter((text) => scrubbed(text) !== text).map(scrubbed)).toEqual([]);
  });

  it("finds a valid Chinese identity number, and none with another check digit", () => {
    const digits = "11010519491231002";
    const found = [..."0123456789X"].filter((check) => scrubbed(`${digits}${check}`) === "<ID>");
    expect(found).toEqual(["X"]);
  });

  it("looks for the kinds that were asked for only, and names what it found", () => {
    const text = "bob@example.org, 13812345678";
    expect(scrubText(text, ["phone"])).toEqual({ text: "bob@example.org, <PHONE>", found: new Set(["phone"]) });
    expect([...scrubText(text, PersonalDataKind.options).found]).toEqual(["email", "phone"]);
  });

  it("changes nothing the second time", () => {
    const piece = fc.constantFrom(
      ...["13812345678", "a@b.co", "203.0.113.77", "4111 1111 1111 1111", "11010519491231002X", "(202) 555-0143"],
      ...[
        "https://u:p@h.co/?token=x",
        "GB82WEST12345698765432",
        "+44 7911 123456",
        "::1",
        "2001:db8::1:2",
        "010-62345678",
      ],
      ...[" ", "-", ".", "，", "电话", "call ", "0", "1", "x", "\n", "@", ":", "/"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = scrubbed(pieces.join(""));
        expect(scrubbed(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes time in proportion to the text, whatever the text", () => {
    for (const unit of ["1", "1-", "1 ", "a@", "a.", "::", "https://a:", "(0", "+1 ", "GB82 ", "电话 1"]) {
      const text = unit.repeat(Math.floor(100_000 / unit.length));
      expect(scrubbed(text).length).toBeGreaterThan(0);
    }
  }, 20_000);
});
