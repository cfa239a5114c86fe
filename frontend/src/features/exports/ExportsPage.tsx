import { Button } from "@mantine/core";
import { IconBook, IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { counted } from "@/shared/lib/format";
import { Page } from "@/shared/ui/Page";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { type Export, exportsQuery, makeExport, previewQuery } from "./api";
import { Earlier } from "./Earlier";
import classes from "./ExportsPage.module.css";
import { FirstRows } from "./FirstRows";
import { Form } from "./Form";
import { rowOf } from "./formats";
import { Objects } from "./Objects";
import { Request } from "./Request";
import { isOutlined, type Sources, useSources } from "./useSources";
import { outlinesOf, type Wish, wishOf } from "./wish";

const route = getRouteApi("/signed-in/shell/exports");

/** What the address asks for; without a job or dataset in it, the newest job. Null until it is known what there is. */
const useWish = (sources: Sources | undefined): Wish | null => {
  const search = route.useSearch();
  const asked = wishOf(search);
  if (!sources) return null;
  const [job] = sources.jobs;
  const [dataset] = sources.datasets;
  const wish = asked.job === undefined && asked.dataset === undefined ? { ...asked, job: job?.id } : asked;
  if (wish.job !== undefined)
    return isOutlined(wish, sources) ? outlinesOf({ ...search, job: wish.job }) : wish;
  if (wish.dataset !== undefined) return wish;
  return dataset ? { ...wish, dataset: dataset.id } : null;
};

const useMake = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: makeExport,
    onSuccess: (made) => {
      client.setQueryData(exportsQuery.queryKey, (all: Export[] = []) => [made, ...all]);
      return client.invalidateQueries({ queryKey: exportsQuery.queryKey });
    },
  });
};

interface ActionsProps {
  readonly rows: number | undefined;
  /** What a row of the file is. */
  readonly row: string;
  readonly busy: boolean;
  readonly onMake: () => void;
}

const Actions = ({ rows, row, busy, onMake }: ActionsProps) => (
  <>
    <Button
      component="a"
      href="/api/docs/"
      variant="default"
      leftSection={<IconBook size={16} aria-hidden />}
    >
      API reference
    </Button>
    <Button
      disabled={!rows}
      loading={busy}
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={onMake}
    >
      {rows === undefined ? "Export" : `Export ${counted(rows, row)}`}
    </Button>
  </>
);

const Nothing = () => (
  <Empty
    title="There are no labels to export yet"
    action={
      <Button component={Link} to="/datasets">
        Go to the datasets
      </Button>
    }
  >
    Labels come with a dataset. A check adds what people say of them.
  </Empty>
);

const Result = ({ wish, sources }: { wish: Wish; sources: Sources }) => {
  const preview = useQuery(previewQuery(wish));
  return (
    <div className={classes.result}>
      {preview.isError && (
        <Failed what="The first rows" error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {!preview.isError && !preview.data && <Loading what="the first rows" />}
      {!preview.isError &&
        preview.data &&
        (preview.data.objects ? (
          <Objects wish={wish} objects={preview.data.objects} />
        ) : (
          <FirstRows wish={wish} preview={preview.data} />
        ))}
      <Request wish={wish} />
      <Earlier sources={sources} />
    </div>
  );
};

/** Labels with what people said of them, as a file and by the API; what was exported before. */
export const ExportsPage = () => {
  const { data: sources, error, refetch } = useSources();
  const wish = useWish(sources);
  const preview = useQuery(previewQuery(wish));
  const make = useMake();
  const rows = preview.isPlaceholderData || preview.isError ? undefined : preview.data?.rows;
  return (
    <Page
      title="Export"
      flush
      actions={
        wish && (
          <Actions
            rows={rows}
            row={rowOf(wish.format)}
            busy={make.isPending}
            onMake={() => make.mutate(wish)}
          />
        )
      }
    >
      {error && !sources && <Failed what="Jobs and datasets" error={error} onRetry={refetch} />}
      {!error && !sources && <Loading what="jobs and datasets" />}
      {sources && !wish && <Nothing />}
      {sources && wish && (
        <div className={classes.halves}>
          <div className={classes.form}>
            <Form wish={wish} sources={sources} />
            <Refused error={make.error} />
          </div>
          <Result wish={wish} sources={sources} />
        </div>
      )}
    </Page>
  );
};
