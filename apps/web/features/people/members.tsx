"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type Member, MemberKind } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useDeferredValue, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Face } from "../../components/figures/face.tsx";
import { Input, Select } from "../../components/forms/field.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { EraseMember } from "../erasure/erase-member.tsx";
import { MemberAssignment } from "./member-assignment.tsx";
import { MemberAccess, MemberRole } from "./member-controls.tsx";
import { membersQuery } from "./people-queries.ts";

export function Members(): ReactNode {
  const t = useTranslations("people.members");
  const [kind, setKind] = useState<MemberKind>("person");
  const [typed, setTyped] = useState("");
  // What is typed shows at once; the list follows when the typing lets it.
  const search = useDeferredValue(typed.trim());
  const members = useInfiniteQuery(membersQuery(kind, search));
  const choice = (
    <span className="flex flex-wrap items-center gap-2">
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        className="w-44 max-md:w-36"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Select
        aria-label={t("show")}
        className="w-36 max-md:w-28"
        value={kind}
        onChange={(event) => setKind(MemberKind.parse(event.target.value))}
      >
        {MemberKind.options.map((one) => (
          <option key={one} value={one}>
            {t(`groups.${one}`)}
          </option>
        ))}
      </Select>
    </span>
  );
  return (
    <Card title={t("title")} aside={choice} flush>
      <QueryView query={members}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <p role="status" className="px-4 pb-4 text-ink-3">
              {search === "" ? t("none") : t("notFound", { search })}
            </p>
          ) : (
            <>
              <MemberTable members={items} />
              <MoreButton query={members} />
            </>
          );
        }}
      </QueryView>
    </Card>
  );
}

function MemberAccessAndEnd({ member }: { readonly member: Member }): ReactNode {
  return (
    <span className="flex items-center gap-2">
      <MemberAccess member={member} />
      <EraseMember member={member} />
    </span>
  );
}

function MemberTable({ members }: { readonly members: readonly Member[] }): ReactNode {
  const t = useTranslations("people.members");
  const formats = useFormats();
  const columns: Column<Member>[] = [
    {
      id: "name",
      header: t("name"),
      cell: (member) => (
        <span className="flex items-center gap-2">
          <Face name={member.name} />
          <span className="grid">
            <span>{member.name}</span>
            {member.email ? <span className="text-xs text-ink-3">{member.email}</span> : null}
          </span>
        </span>
      ),
    },
    {
      id: "role",
      header: t("role"),
      wrap: true,
      // Imported and simulated members can never sign in, so they have no role to change.
      cell: (member) =>
        member.kind === "person" ? (
          <MemberRole member={member} />
        ) : (
          <Chip state="rest">{t(`kinds.${member.kind}`)}</Chip>
        ),
    },
    {
      id: "judgements",
      header: t("judgements"),
      numeric: true,
      wide: true,
      cell: ({ judgements }) => formats.number(judgements),
    },
    { id: "assignment", header: t("assignment.header"), cell: (member) => <MemberAssignment member={member} /> },
    { id: "access", header: t("access"), cell: (member) => <MemberAccessAndEnd member={member} /> },
  ];
  return <Table label={t("title")} columns={columns} rows={members} rowKey={({ id }) => id} />;
}
